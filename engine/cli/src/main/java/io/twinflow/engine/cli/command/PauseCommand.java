package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.display.StateWords;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.Request;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps a run from starting anything new. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description =
        "Keeps a run that goes on in another terminal from submitting anything new; what was"
            + " submitted, also if it still waits for cores, goes on to its end. twinflow resume ends"
            + " the pause.",
    footer = {
      "",
      "Ctrl-Z stops the command itself, which starts nothing new either: tools that",
      "were started go on, and their ends are noticed after fg.",
      "",
      "Examples:",
      "  twinflow pause latest",
      "  twinflow resume latest"
    })
final class PauseCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private RunParameter wanted = new RunParameter();

  PauseCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    try (EngineRoom room = EngineRoom.openToRead(context, home.path(context.invocation()))) {
      RunId run = wanted.find(room.engine());
      RunningElsewhere there = new RunningElsewhere(room.engine(), run);
      there.mustBeHeld();
      RunState now = there.ask(Request.PAUSE, state -> state != RunState.RUNNING);
      if (now != RunState.PAUSED) {
        throw CliException.failure(
            "%s: cannot be paused any more, it is %s".formatted(run, StateWords.of(now)));
      }
      context.say(
          "%1$s is paused: what was submitted goes on, nothing new is. Go on with: twinflow resume %1$s"
              .formatted(run));
      return ExitCode.SUCCESS;
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }
}
