package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.common.engine.api.variable.VariableContainer;

/** What is asked for, with the variables of the process put in. */
record EvaluatedAsk(VariableContainer variables, Position position) {

  /** Every text is a template, wherever it stands. */
  Value evaluate(Value ask) {
    return switch (ask) {
      case StringValue(String text) -> evaluate(text);
      case RecordValue fields -> fields(fields);
      case ListValue list -> {
        List<Value> items = new ArrayList<>();
        list.items().forEach(item -> items.add(evaluate(item)));
        yield new ListValue(items);
      }
      default -> ask;
    };
  }

  RecordValue fields(RecordValue record) {
    Map<String, Value> evaluated = new LinkedHashMap<>();
    record.fields().forEach((name, value) -> evaluated.put(name, evaluate(value)));
    return new RecordValue(evaluated);
  }

  private Value evaluate(String text) {
    try {
      return Template.parse(text, position)
          .evaluate(name -> Variables.value(variables.getVariable(name)));
    } catch (ExpressionException | InvalidDefinitionException e) {
      throw new FlowableIllegalArgumentException(position.source() + ": " + e.getMessage(), e);
    }
  }
}
