package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.ExpressionTool;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import java.util.List;

/** ExpressionTool. */
final class ExpressionToolReader {

  private final ProcessContext context;

  ExpressionToolReader(ProcessContext context) {
    this.context = context;
  }

  ExpressionTool read() {
    Fields fields = context.fields();
    List<InputParameter> inputs = context.parameters(true).inputs(fields, null);
    List<OutputParameter> outputs =
        context.parameters(false).outputs(fields, PlainOutputs.INSTANCE);
    fields.required("expression");
    ExpressionText expression = fields.expression("expression");
    return new ExpressionTool(
        context.header(),
        inputs,
        outputs,
        expression == null ? new ExpressionText("$(null)", fields.map().position()) : expression);
  }
}
