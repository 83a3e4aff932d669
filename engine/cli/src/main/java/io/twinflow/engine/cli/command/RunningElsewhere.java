package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.display.StateWords;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.Request;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.view.Outline;
import io.twinflow.engine.core.view.RunProgress;
import java.time.Duration;
import java.util.function.Predicate;

/** A run that another process executes, and what is asked of it there. */
final class RunningElsewhere {

  private static final Duration LOOK = Duration.ofMillis(100);

  /** A request may be lost in a crash, and twice is as once. */
  private static final int LOOKS_BEFORE_ASKING_AGAIN = 10;

  private static final int MOST_LOOKS = 150;

  private final Engine engine;
  private final RunId run;

  RunningElsewhere(Engine engine, RunId run) {
    this.engine = engine;
    this.run = run;
  }

  boolean isHeld() throws FailureException {
    return engine.storage().isHeld(run);
  }

  RunState state() throws FailureException {
    RunProgress progress = new RunProgress(Outline.UNKNOWN);
    engine.read(run, progress);
    return progress.snapshot().state();
  }

  /**
   * Asks, and waits until it is done.
   *
   * @return the state in which the run is then; a terminal one if it ended in the meantime
   */
  RunState ask(Request request, Predicate<RunState> done)
      throws FailureException, CliException, InterruptedException {
    for (int look = 0; look < MOST_LOOKS; look++) {
      RunState now = state();
      if (now.isTerminal() || done.test(now)) {
        return now;
      }
      if (!isHeld()) {
        throw notExecuted();
      }
      if (look % LOOKS_BEFORE_ASKING_AGAIN == 0) {
        engine.ask(run, request);
      }
      Thread.sleep(LOOK);
    }
    throw CliException.failure(
        "%s: the process that executes it does not answer; is it stopped (Ctrl-Z)?".formatted(run));
  }

  /**
   * @throws CliException if nothing executes the run, so that nothing can be asked of it
   */
  void mustBeHeld() throws FailureException, CliException {
    if (isHeld()) {
      return;
    }
    RunState state = state();
    throw state.isTerminal()
        ? CliException.failure("%s: has ended (%s)".formatted(run, StateWords.of(state)))
        : notExecuted();
  }

  private CliException notExecuted() {
    return CliException.failure(
        "%1$s: was interrupted, and nothing executes it now; go on with: twinflow resume %1$s"
            .formatted(run));
  }
}
