package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Requirements that an expression may decide for each task. */
public final class TaskRequirements {

  private TaskRequirements() {}

  /** Whether outputs of an equal task may be used instead (WorkReuse); the default is yes. */
  public static boolean workReuse(PlannedTool tool, PreparedTask task, Evaluator evaluator)
      throws FailureException {
    Requirement.WorkReuse asked =
        tool.requirements().find(Requirement.WorkReuse.class).orElse(null);
    if (asked == null) {
      return true;
    }
    Scope scope = Scope.of(evaluator, task.inputs(), task.runtime(), tool.expressionLib());
    return scope.flag(asked.enable(), NullValue.NULL, "enableReuse");
  }

  static boolean networkAccess(Requirements requirements, Scope scope) throws FailureException {
    Requirement.NetworkAccess asked =
        requirements.find(Requirement.NetworkAccess.class).orElse(null);
    return asked != null && scope.flag(asked.access(), NullValue.NULL, "networkAccess");
  }

  /** Null means no limit. */
  static @Nullable Duration timeLimit(Requirements requirements, Scope scope)
      throws FailureException {
    Requirement.ToolTimeLimit asked =
        requirements.find(Requirement.ToolTimeLimit.class).orElse(null);
    if (asked == null) {
      return null;
    }
    Value value = scope.evaluate(asked.seconds());
    BigDecimal seconds =
        switch (value) {
          case IntegerValue(long whole) -> BigDecimal.valueOf(whole);
          case DecimalValue(BigDecimal decimal) -> decimal;
          case StringValue(String text) when text.strip().matches("-?[0-9]{1,15}") ->
              new BigDecimal(text.strip());
          case Value other -> null;
        };
    if (seconds == null || seconds.signum() < 0) {
      throw Faults.user(
          "requirement.timelimit",
          "%s: timelimit must be a number of seconds that is not negative, found %s"
              .formatted(asked.seconds().position(), Show.value(value)));
    }
    return seconds.signum() == 0 ? null : Duration.ofMillis(seconds.movePointRight(3).longValue());
  }
}
