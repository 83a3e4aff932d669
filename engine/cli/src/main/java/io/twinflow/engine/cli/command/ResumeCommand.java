package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.display.StateWords;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.Request;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.view.Outline;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on with a run whose engine died, or that was paused. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description =
        "Goes on with a run that was cut off: first what it left running is stopped, then what is not"
            + " finished is run again. The workflow's files are not read again. A run that was paused"
            + " and still has its terminal goes on there.",
    footer = {"", "Example:", "  twinflow resume latest --outdir results"})
final class ResumeCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private OutdirOption outdir = new OutdirOption();
  @Mixin private DisplayOptions display = new DisplayOptions();
  @Mixin private SiteOptions site = new SiteOptions();
  @Mixin private HomeOption home = new HomeOption();

  @Mixin private RunParameter wanted = new RunParameter();

  ResumeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    Path folder = home.writable(context.invocation());
    try (EngineRoom room = EngineRoom.open(context, folder, site)) {
      Engine engine = room.engine();
      RunId run = wanted.find(engine);
      RunningElsewhere there = new RunningElsewhere(engine, run);
      if (there.isHeld()) {
        return proceed(engine, run);
      }
      RunState before = there.state();
      if (before.isTerminal() && !display.quiet) {
        context.say(
            "%s: has ended (%s): nothing of it runs again".formatted(run, StateWords.of(before)));
      }
      Path results = outdir.writable(context.invocation(), FirstEvent.of(engine, run).options());
      Outline outline = Outline.of(engine.definition(run).process());
      return new CarryOut(context, display, room).resume(run, outline, results);
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }

  /** Ends a pause where the run is executed; whoever waits there gets the results. */
  private int proceed(Engine engine, RunId run)
      throws CliException, FailureException, InterruptedException {
    RunningElsewhere there = new RunningElsewhere(engine, run);
    if (there.state() != RunState.PAUSED) {
      throw CliException.failure(
          "%1$s: goes on in another process; it can be stopped with: twinflow cancel %1$s"
              .formatted(run));
    }
    RunState now = there.ask(Request.PROCEED, state -> state != RunState.PAUSED);
    context.say(
        now == RunState.RUNNING
            ? run + " goes on where it was started, and its results are written there"
            : "%s: went on where it was started and is %s already"
                .formatted(run, StateWords.of(now)));
    return ExitCode.SUCCESS;
  }
}
