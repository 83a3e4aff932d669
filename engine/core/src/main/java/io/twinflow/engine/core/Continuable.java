package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.plan.Plan;
import io.twinflow.executors.api.FailureKind;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether a run can be continued by another: it must be over, and of the same version. */
final class Continuable {

  private Continuable() {}

  static void check(Engine engine, RunId continued, Plan plan) throws FailureException {
    AtomicReference<Event.@Nullable RunCreated> created = new AtomicReference<>();
    AtomicBoolean ended = new AtomicBoolean();
    engine.read(
        continued,
        envelope -> {
          if (envelope.event() instanceof Event.RunCreated first) {
            created.set(first);
          } else if (envelope.event() instanceof Event.RunEnded) {
            ended.set(true);
          }
        });
    Event.RunCreated first = created.get();
    if (first == null) {
      throw RunFailures.neverMade(continued);
    }
    if (!ended.get()) {
      throw refused(
          "run.open",
          "run %s has not ended; go on with: twinflow resume %s".formatted(continued, continued));
    }
    if (!first.definition().equals(plan.version())
        && !first.workflowVersion().equals(plan.document().version())) {
      throw refused(
          "run.version",
          "run %s is of another version of the workflow; a retry keeps the version, a changed workflow is a new run (its finished calls are found in the cache)"
              .formatted(continued));
    }
  }

  private static FailureException refused(String code, String message) {
    return new FailureException(new Failure(FailureKind.USER, code, message));
  }
}
