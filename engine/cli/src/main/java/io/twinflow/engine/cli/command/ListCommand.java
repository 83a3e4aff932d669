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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The runs of a server. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the runs of a server, newest first.",
    footer = {"", "Example:", "  twinflow list --state running"})
final class ListCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();

  @Option(names = "--state", paramLabel = "STATE", description = "Only those in this state.")
  private @Nullable String state;

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Only those with this label.")
  private @Nullable String label;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Option(names = "--json", description = "As the server tells it.")
  private boolean json;

  ListCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    try (Connection connection = server.connect(context.invocation())) {
      RecordValue page =
          connection.get(
              "/api/v1/runs?limit=" + limit + part("state", state) + part("label", label));
      if (json) {
        context.print(ValueJson.writePretty(page));
        return ExitCode.SUCCESS;
      }
      Table table =
          new Table("lllllr", "RUN", "STATE", "WORKFLOW", "CREATED", "SUBJECT", "PRIORITY");
      for (RecordValue run : RemoteCommand.runs(page)) {
        table.add(
            RemoteRun.text(run, "id"),
            RemoteRun.text(run, "state"),
            Words.harmless(RemoteRun.text(run, "workflow")),
            RemoteRun.moment(run, "created"),
            RemoteRun.text(run, "subject"),
            Long.toString(RemoteRun.number(run, "priority")));
      }
      if (table.isEmpty()) {
        context.say(connection.base() + ": no such runs");
      } else {
        table.lines().forEach(context::print);
      }
      return ExitCode.SUCCESS;
    }
  }

  private static String part(String name, @Nullable String value) {
    return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
