package io.twinflow.workflowdefs.expression.process;

import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.Map;

/** What a child answers: one line of JSON. */
sealed interface Answer {

  record Result(Value value) implements Answer {}

  /**
   * The expression cannot be evaluated; the place is in the source that was asked about.
   *
   * @param late by the child's clock it took all the time there was: with more, it might end
   */
  record Mistake(int line, int column, String message, boolean late) implements Answer {

    static Mistake of(ExpressionException e, boolean late) {
      return new Mistake(
          e.position().line(), e.position().column(), String.valueOf(e.getMessage()), late);
    }

    ExpressionException in(String source) {
      return new ExpressionException(new Position(source, line, column), message);
    }
  }

  default String text() {
    return ValueJson.write(
        switch (this) {
          case Result(Value value) -> new RecordValue(Map.of("value", value));
          case Mistake(int line, int column, String message, boolean late) ->
              new RecordValue(
                  Map.of(
                      "line", new IntegerValue(line),
                      "column", new IntegerValue(column),
                      "message", new StringValue(message),
                      "late", BooleanValue.of(late)));
        });
  }

  static Answer read(String line) throws InvalidJsonException {
    if (ValueJson.read(line) instanceof RecordValue fields) {
      if (fields.get("message") instanceof StringValue(String message)
          && fields.get("line") instanceof IntegerValue(long at)
          && fields.get("column") instanceof IntegerValue(long column)
          && fields.get("late") instanceof BooleanValue(boolean late)) {
        return new Mistake((int) at, (int) column, message, late);
      }
      Value value = fields.fields().get("value");
      if (value != null) {
        return new Result(value);
      }
    }
    throw new IllegalArgumentException("not an answer");
  }
}
