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
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how long a server keeps ended runs and events. */
@Command(
    name = "retention",
    mixinStandardHelpOptions = true,
    description =
        "Says how long a server keeps ended runs and events, or changes it. Without rules everything is kept; a"
            + " run with the label 'keep' always is, and one that an unfinished run needs.",
    footer = {
      "",
      "Examples:",
      "  twinflow retention",
      "  twinflow retention --rule '*:age=30d' --rule 'flood:runs=100,size=50GB' --events 30d",
      "  twinflow retention --keep-all"
    })
final class RetentionCommand implements Callable<Integer> {

  private static final String RETENTION = "/api/v1/retention";
  private static final Pattern PART = Pattern.compile("(age|runs|size)=([0-9]{1,12})([A-Za-z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L, "kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = "--rule",
      paramLabel = "WORKFLOW:LIMITS",
      description =
          "What is kept of a workflow (* for all others): age=30d, runs=100, size=50GB, or several"
              + " with commas. All rules of before are replaced.")
  private List<String> rules = new ArrayList<>();

  @Option(
      names = "--events",
      paramLabel = "AGE",
      description =
          "How long events are kept that no run needs, as in 30d. All rules of before are replaced.")
  private @Nullable String events;

  @Option(names = "--keep-all", description = "No rules: keep everything.")
  private boolean keepAll;

  @Option(names = "--json", description = "As the server tells it.")
  private boolean json;

  RetentionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    if (keepAll && isAnyWanted()) {
      throw CliException.usage(
          "--keep-all means no rules; leave out --rule and --events, or --keep-all");
    }
    Map<String, Value> wanted = wanted();
    try (Connection connection = server.connect(context.invocation())) {
      RecordValue told =
          !isAnyWanted() && !keepAll
              ? connection.get(RETENTION)
              : connection.put(
                  RETENTION,
                  "application/json",
                  BodyPublishers.ofString(ValueJson.write(new RecordValue(wanted))));
      if (json) {
        context.print(ValueJson.writePretty(told));
      } else {
        print(told);
      }
      return ExitCode.SUCCESS;
    }
  }

  private boolean isAnyWanted() {
    return !rules.isEmpty() || events != null;
  }

  private Map<String, Value> wanted() throws CliException {
    List<Value> listed = new ArrayList<>();
    for (String rule : rules) {
      listed.add(rule(rule));
    }
    Map<String, Value> wanted = new LinkedHashMap<>();
    wanted.put("rules", new ListValue(listed));
    if (events != null) {
      String age = RunsCommand.age(events).toString();
      wanted.put("events", new RecordValue(Map.of("maxAge", new StringValue(age))));
    }
    return wanted;
  }

  private static RecordValue rule(String text) throws CliException {
    int colon = text.lastIndexOf(':');
    Map<String, Value> fields = new LinkedHashMap<>();
    for (String part : text.substring(colon + 1).split(",", -1)) {
      Matcher matcher = PART.matcher(part);
      if (colon <= 0 || !matcher.matches()) {
        throw wrong(text);
      }
      String unit = matcher.group(3);
      long number = Long.parseLong(matcher.group(2));
      switch (matcher.group(1)) {
        case "age" ->
            fields.put(
                "maxAge", new StringValue(RunsCommand.age(matcher.group(2) + unit).toString()));
        case "runs" -> {
          if (!unit.isEmpty()) {
            throw wrong(text);
          }
          fields.put("maxRuns", new IntegerValue(number));
        }
        default -> {
          Long factor = UNITS.get(unit);
          if (factor == null) {
            throw wrong(text);
          }
          fields.put("maxBytes", new IntegerValue(Math.multiplyExact(number, factor)));
        }
      }
    }
    fields.put("workflow", new StringValue(text.substring(0, colon)));
    return new RecordValue(fields);
  }

  private static CliException wrong(String text) {
    return CliException.usage(
        "--rule "
            + text
            + ": expected WORKFLOW:LIMITS, as in '*:age=30d' or 'flood:runs=100,size=50GB'");
  }

  private void print(RecordValue told) {
    String age = told.get("events") instanceof RecordValue of ? RemoteRun.text(of, "maxAge") : "";
    if (!age.isEmpty()) {
      context.print("events that no run needs: " + Words.duration(Duration.parse(age)));
    }
    if (!(told.get("rules") instanceof ListValue list) || list.items().isEmpty()) {
      context.say(
          age.isEmpty() ? "no rules: everything is kept" : "no rules for runs: all are kept");
      return;
    }
    Table table = new Table("lrrr", "workflow", "age", "runs", "size");
    for (Value each : list.items()) {
      RecordValue rule = (RecordValue) each;
      table.add(
          RemoteRun.text(rule, "workflow"),
          rule.get("maxAge") instanceof StringValue(String kept)
              ? Words.duration(Duration.parse(kept))
              : "",
          rule.get("maxRuns") instanceof IntegerValue(long runs) ? Long.toString(runs) : "",
          rule.get("maxBytes") instanceof IntegerValue(long bytes) ? Words.bytes(bytes) : "");
    }
    table.lines().forEach(line -> context.print(Words.harmless(line)));
  }
}
