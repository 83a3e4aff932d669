package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.client.ServerOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a run of a server while it goes on. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Shows a run of a server until it has ended; its success is that of the command.",
    footer = {"", "Example:", "  twinflow watch latest"})
final class WatchCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private DisplayOptions display = new DisplayOptions();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id, or latest.")
  private String run = "";

  WatchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    return new RemoteCommand(context, server)
        .on(run, (connection, id) -> new WatchRun(context, display, connection).untilItEnds(id));
  }
}
