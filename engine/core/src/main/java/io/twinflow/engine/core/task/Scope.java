package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An evaluator with what its expressions see. */
record Scope(Evaluator evaluator, ExpressionContext context) {

  /** Keeps an evaluator from taking text for a lone expression. */
  private static final String GUARD = "|";

  static Scope of(
      Evaluator evaluator,
      RecordValue inputs,
      @Nullable RecordValue runtime,
      @Nullable List<String> expressionLib) {
    return new Scope(
        evaluator, new ExpressionContext(inputs, NullValue.NULL, runtime, expressionLib));
  }

  Scope withInputs(RecordValue inputs) {
    return new Scope(
        evaluator,
        new ExpressionContext(inputs, context.self(), context.runtime(), context.expressionLib()));
  }

  Scope withRuntime(RecordValue runtime) {
    return new Scope(
        evaluator,
        new ExpressionContext(context.inputs(), context.self(), runtime, context.expressionLib()));
  }

  Value evaluate(ExpressionText text, Value self) throws FailureException {
    if (!text.needsEvaluation()) {
      return new StringValue(text.text());
    }
    try {
      return FileObjects.of(evaluator.evaluate(text, context.withSelf(self)));
    } catch (ExpressionException e) {
      throw Faults.expression(e);
    }
  }

  Value evaluate(ExpressionText text) throws FailureException {
    return evaluate(text, NullValue.NULL);
  }

  /** Like {@link #evaluate}, but whitespace around an expression makes it part of a text. */
  Value evaluateExactly(ExpressionText text) throws FailureException {
    String exact = text.text();
    if (!text.needsEvaluation() || exact.strip().equals(exact)) {
      return evaluate(text);
    }
    boolean before = Character.isWhitespace(exact.charAt(0));
    boolean after = Character.isWhitespace(exact.charAt(exact.length() - 1));
    String guarded = (before ? GUARD : "") + exact + (after ? GUARD : "");
    if (evaluate(new ExpressionText(guarded, text.position())) instanceof StringValue(String s)) {
      return new StringValue(s.substring(before ? 1 : 0, s.length() - (after ? 1 : 0)));
    }
    throw new IllegalStateException("text around an expression must make a string");
  }

  /** The value as expressions within text show it: a string as it is, anything else as JSON. */
  String interpolated(Value value, Position position) throws FailureException {
    if (value instanceof StringValue(String string)) {
      return string;
    }
    Value text = evaluate(new ExpressionText("$(self)" + GUARD, position), value);
    String guarded = ((StringValue) text).value();
    return guarded.substring(0, guarded.length() - GUARD.length());
  }

  /**
   * @param what names the field for the message
   */
  String text(ExpressionText text, String what) throws FailureException {
    Value value = evaluate(text);
    if (value instanceof StringValue(String string)) {
      return string;
    }
    throw Faults.user(
        "expression.type",
        "%s: %s must be a string, but the expression gave %s"
            .formatted(text.position(), what, Show.value(value)));
  }

  /** A boolean field, written as one or as an expression. */
  boolean flag(ExpressionText text, Value self, String what) throws FailureException {
    return switch (evaluate(text, self)) {
      case BooleanValue(boolean flag) -> flag;
      case NullValue n -> false;
      case StringValue(String s) when s.equals("true") -> true;
      case StringValue(String s) when s.equals("false") -> false;
      case Value other ->
          throw Faults.user(
              "expression.type",
              "%s: %s must be true or false, found %s"
                  .formatted(text.position(), what, Show.value(other)));
    };
  }
}
