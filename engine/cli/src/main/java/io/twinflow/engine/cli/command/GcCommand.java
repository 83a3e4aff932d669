package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.Connection;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.engine.cli.display.Table;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has a server remove what nothing needs any more. */
@Command(
    name = "gc",
    mixinStandardHelpOptions = true,
    description =
        "Has a server remove what nothing needs any more: runs that no rule keeps (twinflow"
            + " retention), and files and cached calls of runs that are gone. It does so by itself"
            + " every hour.",
    footer = {"", "Example:", "  twinflow gc --dry-run"})
final class GcCommand implements Callable<Integer> {

  private static final String GARBAGE = "/api/v1/garbage";

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();

  @Option(names = "--dry-run", description = "Only say what would go, what it takes, and why.")
  private boolean dryRun;

  @Option(names = "--json", description = "As the server tells it.")
  private boolean json;

  GcCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    try (Connection connection = server.connect(context.invocation())) {
      RecordValue found = dryRun ? connection.get(GARBAGE) : connection.post(GARBAGE);
      if (json) {
        context.print(ValueJson.writePretty(found));
      } else {
        print(found);
      }
      return ExitCode.SUCCESS;
    }
  }

  private void print(RecordValue found) {
    Table table = new Table("llrl", "what", "name", "size", "why");
    if (found.get("items") instanceof ListValue items && !items.items().isEmpty()) {
      for (Value each : items.items()) {
        RecordValue item = (RecordValue) each;
        table.add(
            RemoteRun.text(item, "kind").toLowerCase(Locale.ROOT).replace('_', ' '),
            RemoteRun.text(item, "name"),
            Words.bytes(number(item, "bytes")),
            RemoteRun.text(item, "reason"));
      }
      table.lines().forEach(line -> context.print(Words.harmless(line)));
    }
    context.print(
        (dryRun ? "would go: " : "gone: ")
            + Words.count(number(found, "count"), "thing")
            + ", "
            + Words.bytes(number(found, "bytes")));
  }

  private static long number(RecordValue fields, String name) {
    return fields.get(name) instanceof IntegerValue number ? number.value() : 0;
  }
}
