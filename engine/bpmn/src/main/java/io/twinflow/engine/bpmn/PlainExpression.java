package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.jspecify.annotations.Nullable;

/** An expression of Twinflow's, where Flowable looks for one of its own. */
final class PlainExpression implements Expression {

  private static final long serialVersionUID = 1L;

  private final String text;
  private transient @Nullable Template template;

  PlainExpression(String text) {
    this.text = text;
  }

  @Override
  public @Nullable Object getValue(VariableContainer variables) {
    try {
      return Variables.plain(
          template().evaluate(name -> Variables.value(variables.getVariable(name))));
    } catch (ExpressionException e) {
      throw new FlowableIllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private Template template() {
    Template read = template;
    if (read == null) {
      read = parsed(text);
      template = read;
    }
    return read;
  }

  /** What is no expression of ours stands for itself, as in a name; it is never evaluated. */
  private static Template parsed(String text) {
    Position position = Position.startOf("expression");
    try {
      return Template.parse(text, position);
    } catch (InvalidDefinitionException e) {
      return new Template(text, position, java.util.List.of(new Template.Part.Literal(text)));
    }
  }

  @Override
  public void setValue(@Nullable Object value, VariableContainer variables) {
    throw new FlowableIllegalArgumentException("an expression sets nothing: " + text);
  }

  @Override
  public String getExpressionText() {
    return text;
  }
}
