package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.Connection;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.engine.cli.display.Table;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What waits on a server. */
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    description = "Shows what waits on a server, since when and for what.",
    footer = {"", "Example:", "  twinflow queue --limit 20"})
final class QueueCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Option(names = "--json", description = "As the server tells it.")
  private boolean json;

  QueueCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    try (Connection connection = server.connect(context.invocation())) {
      RecordValue page = connection.get("/api/v1/queue?limit=" + limit);
      if (json) {
        context.print(ValueJson.writePretty(page));
        return ExitCode.SUCCESS;
      }
      Table table =
          new Table("rlllrll", "PLACE", "RUN", "WORKFLOW", "SUBJECT", "PRIORITY", "SINCE", "WAITS");
      for (RecordValue row : RemoteCommand.runs(page)) {
        long position = RemoteRun.number(row, "position");
        long tasks = RemoteRun.number(row, "tasks");
        String reason =
            row.get("waiting") instanceof RecordValue why ? RemoteRun.text(why, "reason") : "";
        table.add(
            position == 0 ? "" : Long.toString(position),
            RemoteRun.text(row, "run"),
            Words.harmless(RemoteRun.text(row, "workflow")),
            RemoteRun.text(row, "subject"),
            Long.toString(RemoteRun.number(row, "priority")),
            RemoteRun.moment(row, "since"),
            Words.harmless(tasks == 0 ? reason : Words.count(tasks, "task") + ": " + reason));
      }
      if (table.isEmpty()) {
        context.say(connection.base() + ": nothing waits");
      } else {
        table.lines().forEach(context::print);
      }
      return ExitCode.SUCCESS;
    }
  }
}
