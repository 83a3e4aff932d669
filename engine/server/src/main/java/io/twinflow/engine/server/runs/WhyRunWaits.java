package io.twinflow.engine.server.runs;

import io.twinflow.engine.server.queue.Waiting;
import io.twinflow.engine.server.queue.WaitingRuns;
import io.twinflow.engine.server.security.Caller;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Why a run, or something in it, does not go on now. */
@Component
public final class WhyRunWaits {

  private static final Waiting PAUSED =
      new Waiting(
          "paused", "the run is paused: nothing new is submitted until it is resumed", null);

  private final WaitingRuns waiting;

  WhyRunWaits(WaitingRuns waiting) {
    this.waiting = waiting;
  }

  /** Empty if nothing that is ready waits. */
  public Optional<Waiting> of(Caller caller, RunRow run) throws IOException {
    if (run.kind() == Kind.BPMN) {
      return Optional.empty();
    }
    return switch (run.state()) {
      case QUEUED -> waiting.turn(caller, run.id().value());
      case PAUSED -> Optional.of(PAUSED);
      case RUNNING -> waiting.slots(run.id().value());
      case CANCELLING, SUCCEEDED, FAILED, CANCELLED -> Optional.empty();
    };
  }
}
