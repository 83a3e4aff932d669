package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.Interruption;
import io.twinflow.engine.cli.TerminalKind;
import io.twinflow.engine.cli.client.Connection;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.display.Display;
import io.twinflow.engine.cli.display.LiveDisplay;
import io.twinflow.engine.cli.display.NoDisplay;
import io.twinflow.engine.cli.display.PlainDisplay;
import io.twinflow.engine.cli.display.Summary;
import io.twinflow.engine.cli.display.TerminalSize;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.core.view.RunSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Shows a run of a server as one of this machine is shown. */
record WatchRun(Context context, DisplayOptions options, Connection server) {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

  /** Ctrl-C ends the watching; the run goes on. */
  int untilItEnds(String id) throws CliException, InterruptedException {
    RemoteRun run = RemoteRun.read(server, id);
    AtomicReference<RunSnapshot> seen = new AtomicReference<>(run.snapshot());
    CountDownLatch enough = new CountDownLatch(1);
    try (Display display = display(seen);
        Interruption.Armed armed = context.interruption().on(enough::countDown)) {
      while (!run.hasEnded() && !enough.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
        run = RemoteRun.read(server, id);
        seen.set(run.snapshot());
      }
    }
    if (!run.hasEnded()) {
      context.say("run %1$s goes on; again: twinflow watch %1$s".formatted(id));
      return ExitCode.INTERRUPTED;
    }
    report(run);
    return run.state().equals("succeeded") ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  void report(RemoteRun run) {
    RunSnapshot snapshot = run.snapshot();
    String failure = RemoteRun.text(run.run(), "failure");
    if (!failure.isEmpty()) {
      context.say(Words.harmless(failure));
    }
    if (!options.quiet) {
      Summary.table(snapshot).forEach(context::say);
      context.say(Summary.line(snapshot));
      context.say("run:     " + run.id());
      if (run.state().equals("succeeded")) {
        context.say("results: twinflow outputs " + run.id());
      } else if (run.hasEnded()) {
        context.say("more:    twinflow logs --server " + server.base() + " " + run.id());
      }
    }
  }

  private Display display(AtomicReference<RunSnapshot> seen) {
    if (options.quiet) {
      return new NoDisplay();
    }
    if (context.invocation().terminal() == TerminalKind.SCREEN) {
      return new LiveDisplay(
          seen::get,
          context.errStyle(),
          TerminalSize.watch(context.invocation().env()),
          Clock.systemUTC(),
          context.invocation().err());
    }
    return new PlainDisplay(seen::get, context.invocation().err());
  }
}
