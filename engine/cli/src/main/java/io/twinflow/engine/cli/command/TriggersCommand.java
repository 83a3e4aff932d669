package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.Connection;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.engine.cli.display.Table;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rules from events to runs, on a server. */
@Command(
    name = "triggers",
    mixinStandardHelpOptions = true,
    description = "Shows a server's triggers, which make runs of events, and what came of events.",
    footer = {
      "",
      "Examples:",
      "  twinflow triggers",
      "  twinflow triggers test gauges.yaml event.json   what it would make of an event",
      "  twinflow triggers save gauges.yaml",
      "  twinflow triggers firings --state dead          what could make no run, and why",
      "  twinflow triggers replay --trigger gauges       try that again"
    })
final class TriggersCommand implements Callable<Integer> {

  private static final String TRIGGERS = "/api/v1/triggers";
  private static final String FIRINGS = "/api/v1/firings";

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();

  TriggersCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    try (Connection connection = server.connect(context.invocation())) {
      Table table = new Table("lrlll", "TRIGGER", "VERSION", "SUBJECT", "WORKFLOW", "STATE");
      for (RecordValue row : all(connection, TRIGGERS + "?limit=1000", "triggers")) {
        table.add(
            RemoteRun.text(row, "name"),
            Long.toString(RemoteRun.number(row, "version")),
            RemoteRun.text(row, "subject"),
            RemoteRun.text(row, "workflow"),
            row.get("enabled").equals(BooleanValue.TRUE) ? "enabled" : "disabled");
      }
      return print(connection, table, "there is no trigger; see: twinflow triggers save --help");
    }
  }

  private static List<RecordValue> all(Connection connection, String first, String field)
      throws CliException, InterruptedException {
    List<RecordValue> rows = new ArrayList<>();
    String next = first;
    while (!next.isEmpty()) {
      RecordValue page = connection.get(next);
      rows.addAll(RemoteCommand.rows(page, field));
      next = RemoteRun.text(page, "next");
    }
    return rows;
  }

  private int print(Connection connection, Table table, String none) {
    if (table.isEmpty()) {
      context.say(connection.base() + ": " + none);
    } else {
      table.lines().forEach(context::print);
    }
    return ExitCode.SUCCESS;
  }

  @Command(
      name = "save",
      mixinStandardHelpOptions = true,
      description = "Saves a trigger; another document than before is its next version.")
  int save(
      @Mixin ServerOption where,
      @Parameters(index = "0", paramLabel = "FILE", description = "Its YAML document.") Path file)
      throws CliException, InterruptedException {
    String document = read(file);
    try (Connection connection = where.connect(context.invocation())) {
      RecordValue saved =
          connection.put(
              TRIGGERS + "/" + name(document, file),
              "application/yaml",
              BodyPublishers.ofString(document));
      String workflow = RemoteRun.text(saved, "workflow");
      context.say(
          "%s, version %d, %s"
              .formatted(
                  RemoteRun.text(saved, "name"),
                  RemoteRun.number(saved, "version"),
                  workflow.isEmpty() ? "tells processes" : "runs " + workflow));
      return ExitCode.SUCCESS;
    }
  }

  private String read(Path file) throws CliException {
    Path path = context.invocation().resolve(file.toString());
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, file + ": cannot be read: " + e, e);
    }
  }

  /** The server says what else is wrong with it. */
  private static String name(String document, Path file) throws CliException {
    try {
      String name =
          NodeReader.read(document, file.toString(), ReadLimits.DEFAULT) instanceof MapNode map
              ? map.string("name")
              : null;
      if (name != null && name.matches("[a-zA-Z0-9._-]+")) {
        return name;
      }
      throw CliException.failure(
          file + ": name: expected small letters, digits and hyphens, as in name: gauges");
    } catch (InvalidDefinitionException e) {
      throw Definitions.wrong(e);
    }
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description =
          "Says what a trigger would make of an event, and why; exits with 1 if that is no run.")
  int test(
      @Mixin ServerOption where,
      @Parameters(index = "0", paramLabel = "FILE", description = "The trigger's document.")
          Path file,
      @Parameters(index = "1", paramLabel = "EVENT", description = "A CloudEvent in JSON.")
          Path event)
      throws CliException, InterruptedException {
    Map<String, Value> body = new LinkedHashMap<>();
    body.put("document", new StringValue(read(file)));
    try {
      body.put("event", ValueJson.read(read(event)));
    } catch (InvalidJsonException e) {
      throw new CliException(ExitCode.FAILURE, event + ": " + e.getMessage(), e);
    }
    try (Connection connection = where.connect(context.invocation())) {
      RecordValue told =
          connection.post(
              TRIGGERS + "/test",
              "application/json",
              BodyPublishers.ofString(ValueJson.write(new RecordValue(body))));
      return new TellTried(context).tell(told);
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the document of a trigger.")
  int show(
      @Mixin ServerOption where,
      @Parameters(index = "0", paramLabel = "NAME") String name,
      @Parameters(
              index = "1",
              arity = "0..1",
              paramLabel = "VERSION",
              description = "As it was in this one, also if the trigger was deleted since.")
          @Nullable Integer version)
      throws CliException, InterruptedException {
    String path = version == null ? path(name) : versions(name) + "/" + version;
    try (Connection connection = where.connect(context.invocation())) {
      context.print(RemoteRun.text(connection.get(path), "document").stripTrailing());
      return ExitCode.SUCCESS;
    }
  }

  @Command(
      name = "versions",
      mixinStandardHelpOptions = true,
      description = "Shows the versions of a trigger, the newest first, also of a deleted one.")
  int versions(@Mixin ServerOption where, @Parameters(index = "0", paramLabel = "NAME") String name)
      throws CliException, InterruptedException {
    try (Connection connection = where.connect(context.invocation())) {
      Table table = new Table("rllll", "VERSION", "SAVED", "SUBJECT", "WORKFLOW", "STATE");
      for (RecordValue row : all(connection, versions(name) + "?limit=1000", "versions")) {
        table.add(
            Long.toString(RemoteRun.number(row, "version")),
            RemoteRun.moment(row, "saved"),
            RemoteRun.text(row, "subject"),
            RemoteRun.text(row, "workflow"),
            row.get("current").equals(BooleanValue.TRUE) ? "current" : "");
      }
      return print(connection, table, "no trigger has such versions");
    }
  }

  private static String versions(String name) throws CliException {
    return path(name) + "/versions";
  }

  private static String path(String name) throws CliException {
    if (!name.matches("[a-zA-Z0-9._-]+")) {
      throw CliException.usage(name + ": no trigger is called so");
    }
    return TRIGGERS + "/" + name;
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Stops a trigger: events that come meanwhile are not for it, also not later.")
  int disable(@Mixin ServerOption where, @Parameters(index = "0", paramLabel = "NAME") String name)
      throws CliException, InterruptedException {
    return enabled(where, name, false);
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Lets a trigger fire again.")
  int enable(@Mixin ServerOption where, @Parameters(index = "0", paramLabel = "NAME") String name)
      throws CliException, InterruptedException {
    return enabled(where, name, true);
  }

  private int enabled(ServerOption where, String name, boolean enabled)
      throws CliException, InterruptedException {
    try (Connection connection = where.connect(context.invocation())) {
      connection.patch(path(name), new RecordValue(Map.of("enabled", BooleanValue.of(enabled))));
      context.say(name + (enabled ? " fires again" : " does not fire any more"));
      return ExitCode.SUCCESS;
    }
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Deletes a trigger; its runs stay.")
  int delete(@Mixin ServerOption where, @Parameters(index = "0", paramLabel = "NAME") String name)
      throws CliException, InterruptedException {
    try (Connection connection = where.connect(context.invocation())) {
      connection.delete(path(name));
      context.say(name + " is deleted");
      return ExitCode.SUCCESS;
    }
  }

  @Command(
      name = "firings",
      mixinStandardHelpOptions = true,
      description = "Shows what came of events, the newest first.")
  int firings(
      @Mixin ServerOption where,
      @Option(names = "--trigger", paramLabel = "NAME", description = "Only of this one.")
          @Nullable String trigger,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description =
                  "collecting, deciding, waiting, starting, started, done, skipped or dead.")
          @Nullable String state,
      @Option(
              names = {"-n", "--limit"},
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many (default: ${DEFAULT-VALUE}).")
          int limit)
      throws CliException, InterruptedException {
    String query = FIRINGS + "?limit=" + limit + given("trigger", trigger) + given("state", state);
    try (Connection connection = where.connect(context.invocation())) {
      Table table =
          new Table("rllrlll", "FIRING", "TRIGGER", "STATE", "EVENTS", "RUN", "SINCE", "WHY");
      for (RecordValue row : RemoteCommand.rows(connection.get(query), "firings")) {
        table.add(
            Long.toString(RemoteRun.number(row, "id")),
            RemoteRun.text(row, "trigger"),
            RemoteRun.text(row, "state"),
            Long.toString(RemoteRun.number(row, "count")),
            RemoteRun.text(row, "run"),
            RemoteRun.moment(row, "changed"),
            Words.harmless(RemoteRun.text(row, "reason")));
      }
      return print(connection, table, "nothing came of events");
    }
  }

  private static String given(String name, @Nullable String value) {
    return value == null
        ? ""
        : "&%s=%s".formatted(name, URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description =
          "Tries dead letters, and those in quarantine, again, by the present version of their trigger.")
  int replay(
      @Mixin ServerOption where,
      @Parameters(index = "0", arity = "0..1", paramLabel = "FIRING", description = "This one.")
          @Nullable Long firing,
      @Option(names = "--trigger", paramLabel = "NAME", description = "Those of this one.")
          @Nullable String trigger,
      @Option(
              names = "--from",
              paramLabel = "TIME",
              description = "Made at this time or later, as 2026-11-20T09:30:00Z.")
          @Nullable String from,
      @Option(names = "--to", paramLabel = "TIME", description = "Made before this time.")
          @Nullable String to,
      @Option(
              names = "--unchecked",
              description = "Takes their data for good: nothing looks at them before the run.")
          boolean unchecked)
      throws CliException, InterruptedException {
    Map<String, Value> body = new LinkedHashMap<>();
    if (firing != null) {
      body.put("firing", new IntegerValue(firing));
    }
    for (var each : new @Nullable String[][] {{"trigger", trigger}, {"from", from}, {"to", to}}) {
      if (each[1] != null) {
        body.put(each[0], new StringValue(each[1]));
      }
    }
    if (body.isEmpty()) {
      throw CliException.usage("say what to try again: a firing, --trigger, --from or --to");
    }
    if (unchecked) {
      body.put("unchecked", BooleanValue.TRUE);
    }
    try (Connection connection = where.connect(context.invocation())) {
      RecordValue told =
          connection.post(
              FIRINGS + "/replay",
              "application/json",
              BodyPublishers.ofString(ValueJson.write(new RecordValue(body))));
      long replayed = RemoteRun.number(told, "replayed");
      context.say(
          replayed == 0
              ? "nothing of that is dead or in quarantine"
              : Words.count(replayed, "firing") + " tried again");
      return ExitCode.SUCCESS;
    }
  }
}
