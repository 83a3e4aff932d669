package io.twinflow.workflowdefs.cwl;

import java.util.List;

/** An expression as a process; its result is the output object. */
public record ExpressionTool(
    Header header,
    List<InputParameter> inputs,
    List<OutputParameter> outputs,
    ExpressionText expression)
    implements CwlProcess {
  public ExpressionTool {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
