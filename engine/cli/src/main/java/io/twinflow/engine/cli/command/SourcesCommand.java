package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.Connection;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.engine.cli.display.Table;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From where a server takes events. */
@Command(
    name = "sources",
    mixinStandardHelpOptions = true,
    description = "Shows from where a server takes events, and how that goes.",
    footer = {
      "",
      "Examples:",
      "  twinflow sources",
      "  twinflow sources check gauges    what answers, what is missing, how to mend it",
      "  twinflow sources backfill nightly --from 2026-11-01T00:00:00Z --to 2026-11-08T00:00:00Z"
    })
final class SourcesCommand implements Callable<Integer> {

  private static final String SOURCES = "/api/v1/sources";

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();

  SourcesCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    try (Connection connection = server.connect(context.invocation())) {
      Table table = new Table("llrrll", "SOURCE", "STATE", "TAKEN", "LAG", "SINCE", "WHY");
      for (RecordValue row : RemoteCommand.rows(connection.get(SOURCES), "sources")) {
        boolean here = BooleanValue.TRUE.equals(row.get("here"));
        table.add(
            RemoteRun.text(row, "name"),
            here ? state(row) : "another server's",
            here ? Long.toString(RemoteRun.number(row, "taken")) : "",
            NullValue.NULL.equals(row.get("lag"))
                ? ""
                : Long.toString(RemoteRun.number(row, "lag")),
            RemoteRun.moment(row, "since"),
            Words.harmless(RemoteRun.text(row, "trouble")));
      }
      if (table.isEmpty()) {
        context.say(
            connection.base() + ": there is no source for you; they stand in twinflow.yaml");
      } else {
        table.lines().forEach(context::print);
      }
      return ExitCode.SUCCESS;
    }
  }

  private static String state(RecordValue row) {
    return BooleanValue.TRUE.equals(row.get("connected")) ? "receives" : "does not receive";
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Looks at a source; exits with 1 if nothing can come from there.")
  int check(@Mixin ServerOption where, @Parameters(index = "0", paramLabel = "NAME") String name)
      throws CliException, InterruptedException {
    try (Connection connection = where.connect(context.invocation())) {
      RecordValue check = connection.get(path(name) + "/check");
      for (RecordValue row : RemoteCommand.rows(check, "findings")) {
        context.print(
            "%-8s %s: %s"
                .formatted(
                    RemoteRun.text(row, "level"),
                    Words.harmless(RemoteRun.text(row, "about")),
                    Words.harmless(RemoteRun.text(row, "found"))));
        String mend = RemoteRun.text(row, "mend");
        if (!mend.isEmpty()) {
          context.print("         to mend it: " + Words.harmless(mend));
        }
      }
      return BooleanValue.TRUE.equals(check.get("usable")) ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }
  }

  @Command(
      name = "backfill",
      mixinStandardHelpOptions = true,
      description =
          "Makes events of the times of a schedule that are over; those that are events already stay as they are.")
  int backfill(
      @Mixin ServerOption where,
      @Parameters(index = "0", paramLabel = "NAME") String name,
      @Option(
              names = "--from",
              paramLabel = "TIME",
              required = true,
              description = "The first moment, as 2026-11-20T09:30:00Z.")
          String from,
      @Option(
              names = "--to",
              paramLabel = "TIME",
              required = true,
              description = "The first moment behind it.")
          String to)
      throws CliException, InterruptedException {
    RecordValue range =
        new RecordValue(Map.of("from", new StringValue(from), "to", new StringValue(to)));
    try (Connection connection = where.connect(context.invocation())) {
      RecordValue told =
          connection.post(
              path(name) + "/backfill",
              "application/json",
              BodyPublishers.ofString(ValueJson.write(range)));
      context.say(
          "%s, of which %d were no events before"
              .formatted(
                  Words.count(RemoteRun.number(told, "times"), "time"),
                  RemoteRun.number(told, "accepted")));
      return ExitCode.SUCCESS;
    }
  }

  private static String path(String name) throws CliException {
    if (!name.matches("[a-zA-Z0-9._-]+")) {
      throw CliException.usage(name + ": no source is called so");
    }
    return SOURCES + "/" + name;
  }
}
