package io.twinflow.engine.core.run;

import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.RunOptions.OnError;
import io.twinflow.engine.core.fold.RunFold;

/** What a run may do as it stands. */
final class Stance {

  private final RunFold fold;

  Stance(RunFold fold) {
    this.fold = fold;
  }

  RunOptions options() {
    return fold.created().options();
  }

  /** Whether anything new may be started. */
  boolean mayStart() {
    return fold.state() == RunState.RUNNING && !isStopping();
  }

  /** Whether a failure has been, and the run shall stop at the first. */
  boolean isStopping() {
    return fold.failures() > 0 && options().onError() == OnError.STOP;
  }

  /** Whether nothing new will ever be started: what comes back late is not taken further. */
  boolean isEnding() {
    return isStopping() || isCancelling();
  }

  boolean isCancelling() {
    return fold.state() == RunState.CANCELLING;
  }
}
