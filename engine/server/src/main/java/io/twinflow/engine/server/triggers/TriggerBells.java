package io.twinflow.engine.server.triggers;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.runs.RunWatcher;
import io.twinflow.triggers.firing.Triggering;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rings where events and free places are waited for. Only to be quick: both are found anyway. */
@Component
public final class TriggerBells implements RunWatcher {

  private volatile @Nullable Triggering triggering;

  void rings(@Nullable Triggering what) {
    triggering = what;
  }

  /** There are new events in the inbox. */
  public void eventsCame() {
    Triggering rung = triggering;
    if (rung != null) {
      rung.eventsCame();
    }
  }

  /** There may be firings to start. */
  public void lookAgain() {
    Triggering rung = triggering;
    if (rung != null) {
      rung.lookAgain();
    }
  }

  @Override
  public void left(RunId run) {
    lookAgain();
  }
}
