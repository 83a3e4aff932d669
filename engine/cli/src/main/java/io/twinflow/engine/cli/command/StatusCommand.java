package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where a run of a server stands. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says where a run of a server stands, with its steps.",
    footer = {"", "Example:", "  twinflow status latest --json"})
final class StatusCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();

  @Option(names = "--json", description = "As the server tells it.")
  private boolean json;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id, or latest.")
  private String run = "";

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    return new RemoteCommand(context, server)
        .on(
            run,
            (connection, id) -> {
              RemoteRun found = RemoteRun.read(connection, id);
              if (json) {
                context.print(
                    ValueJson.writePretty(
                        found.run().with("steps", new ListValue(List.copyOf(found.steps())))));
              } else {
                context.print(found.state());
                String why = found.waiting();
                if (!why.isEmpty()) {
                  context.print("waits:   " + Words.harmless(why));
                } else if (!found.hasEnded()) {
                  found
                      .waitingAtSites(connection)
                      .forEach((task, reason) ->
                          context.print("waits:   " + Words.harmless(task + ": " + reason)));
                }
                new WatchRun(context, new DisplayOptions(), connection).report(found);
              }
              return ExitCode.SUCCESS;
            });
  }
}
