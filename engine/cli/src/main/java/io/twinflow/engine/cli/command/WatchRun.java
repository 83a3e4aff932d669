package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.Interruption;
import io.twinflow.engine.cli.TerminalKind;
import io.twinflow.engine.cli.client.Connection;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.client.RunStream;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Shows a run of a server as one of this machine is shown. */
record WatchRun(Context context, DisplayOptions options, Connection server) {

  /** A server that is started again is away for some seconds. */
  private static final int MOST_MISSES = 20;

  private static final Duration AFTER_A_MISS = Duration.ofSeconds(1);

  /** Ctrl-C ends the watching; the run goes on. */
  int untilItEnds(String id) throws CliException, InterruptedException {
    RemoteRun run = RemoteRun.read(server, id);
    AtomicReference<RunSnapshot> seen = new AtomicReference<>(run.snapshot());
    AtomicBoolean enough = new AtomicBoolean();
    try (Display display = display(seen);
        RunStream news = RunStream.of(server, id, text -> display.say(Words.harmless(text)));
        Interruption.Armed armed = context.interruption().on(() -> stop(enough, news))) {
      while (!run.hasEnded() && !enough.get()) {
        news.await();
        run = read(id, enough);
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

  private static void stop(AtomicBoolean enough, RunStream news) {
    enough.set(true);
    news.close();
  }

  private RemoteRun read(String id, AtomicBoolean enough)
      throws CliException, InterruptedException {
    for (int misses = 1; ; misses++) {
      try {
        return RemoteRun.read(server, id);
      } catch (CliException e) {
        if (misses == MOST_MISSES || enough.get()) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(AFTER_A_MISS.toMillis());
      }
    }
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
