package io.twinflow.triggers.firing;

import io.cloudevents.CloudEvent;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.rule.Mapping;
import io.twinflow.workflowdefs.expression.EvaluationOwner;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the expressions of a trigger make of the events of a firing. */
final class FiringInputs {

  /** Events are read into memory, and into expressions. */
  private static final long MOST_BYTES = 64L << 20;

  private final Sql sql;
  private final Evaluator evaluator;
  private final Map<String, EvaluationOwner> owners = new ConcurrentHashMap<>();

  FiringInputs(Sql sql, Evaluator evaluator) {
    this.sql = sql;
    this.evaluator = evaluator;
  }

  /**
   * An input object in JSON. Subjects take turns: one whose expressions take long makes no other
   * wait.
   */
  String of(Claimed firing, Mapping mapping)
      throws ExpressionException, CannotStartException, IOException {
    List<CloudEvent> events = events(firing);
    @Nullable RecordValue decided = decided(firing);
    return owners
        .computeIfAbsent(
            firing.trigger().subject(), subject -> new EvaluationOwner("triggers of " + subject))
        .call(() -> mapping.of(events, decided, evaluator));
  }

  private static @Nullable RecordValue decided(Claimed firing) throws IOException {
    if (firing.decided() == null) {
      return null;
    }
    try {
      return ValueJson.read(firing.decided()) instanceof RecordValue told
              && told.get("outputs") instanceof RecordValue outputs
          ? outputs
          : RecordValue.EMPTY;
    } catch (InvalidJsonException e) {
      throw new IOException("what was decided of firing " + firing.id() + " is no JSON", e);
    }
  }

  private List<CloudEvent> events(Claimed firing) throws CannotStartException, IOException {
    long bytes = sql.with(connection -> InboxEvents.bytes(connection, firing.id()));
    if (bytes > MOST_BYTES) {
      throw new CannotStartException(
          "its events have %d bytes of data, and a run's may have %d; keep them in a store, name them by dataref, or collect fewer"
              .formatted(bytes, MOST_BYTES));
    }
    return sql.with(connection -> InboxEvents.of(connection, firing.id())).stream()
        .map(InboxEvents.Kept::event)
        .toList();
  }
}
