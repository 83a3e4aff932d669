package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.engine.cli.display.StateWords;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.Request;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a run that goes on in another terminal. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description =
        "Stops a run that goes on in another terminal, as Ctrl-C does there, or on a server: its tools are stopped, and"
            + " it ends as cancelled. twinflow retry makes a new run that keeps what had finished.",
    footer = {"", "Example:", "  twinflow cancel latest"})
final class CancelCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private HomeOption home = new HomeOption();
  @Mixin private RunParameter wanted = new RunParameter();

  CancelCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    if (server.isGiven(context.invocation())) {
      return new RemoteCommand(context, server).ask(wanted.text(), "cancel", this::tell);
    }
    try (EngineRoom room = EngineRoom.openToRead(context, home.path(context.invocation()))) {
      RunId run = wanted.find(room.engine());
      RunningElsewhere there = new RunningElsewhere(room.engine(), run);
      there.mustBeHeld();
      RunState now = there.ask(Request.CANCEL, state -> false);
      if (now != RunState.CANCELLED) {
        throw CliException.failure("%s: had ended before (%s)".formatted(run, StateWords.of(now)));
      }
      context.say("%1$s is cancelled. Again: twinflow retry %1$s".formatted(run));
      return ExitCode.SUCCESS;
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }

  private void tell(String id, RecordValue run) throws CliException {
    String state = RemoteRun.text(run, "state");
    if (state.equals("succeeded") || state.equals("failed")) {
      throw CliException.failure("%s: had ended before (%s)".formatted(id, state));
    }
    context.say(
        state.equals("cancelled")
            ? id + " is cancelled"
            : "%s: asked to be cancelled (%s)".formatted(id, state));
  }
}
