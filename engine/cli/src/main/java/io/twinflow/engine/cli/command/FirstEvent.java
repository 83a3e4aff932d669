package io.twinflow.engine.cli.command;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event;
import io.twinflow.executors.api.FailureKind;
import java.util.concurrent.atomic.AtomicReference;

/** What a run was made of. */
final class FirstEvent {

  private FirstEvent() {}

  static Event.RunCreated of(Engine engine, RunId run) throws FailureException {
    AtomicReference<Event.RunCreated> found = new AtomicReference<>();
    engine.readEnds(
        run,
        envelope -> {
          if (envelope.event() instanceof Event.RunCreated created) {
            found.set(created);
          }
        });
    Event.RunCreated created = found.get();
    if (created == null) {
      throw new FailureException(
          new Failure(
              FailureKind.INFRASTRUCTURE,
              "run.empty",
              "run %s was never completely made; start it again".formatted(run)));
    }
    return created;
  }
}
