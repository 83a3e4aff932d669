package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.executors.api.FailureKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** How a new run shall behave. */
final class BehaviourOptions {

  private static final String TEMPORARY = "temporary";

  @Option(
      names = "--no-cache",
      description = "Run every task, also those whose outputs are known from an earlier run.")
  private boolean noCache;

  @Option(
      names = "--on-error",
      paramLabel = "WHAT",
      defaultValue = "stop",
      description =
          "stop: start nothing new after a failure; continue: go on with what does not depend on it"
              + " (default: ${DEFAULT-VALUE}).")
  private RunOptions.OnError onError = RunOptions.OnError.STOP;

  @Option(
      names = "--retries",
      paramLabel = "KIND=N",
      split = ",",
      description =
          "Try again N times after failures of a kind: task, resources, infrastructure, or temporary"
              + " (the tool's temporaryFailCodes).")
  private List<String> retries = new ArrayList<>();

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "Something to find the run by; may be given several times.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--site",
      paramLabel = "[STEP=]SITE",
      description =
          "Where tasks go, or those of a step; may be given several times. See: twinflow sites")
  private List<String> sites = new ArrayList<>();

  RunOptions options(RunOptions.ContainerUse containers) throws CliException {
    Map<FailureKind, Integer> byKind = new EnumMap<>(FailureKind.class);
    int temporary = 0;
    for (String retry : retries) {
      String[] parts = retry.split("=", 2);
      if (parts.length != 2 || !parts[1].matches("[0-9]{1,4}")) {
        throw CliException.usage("--retries " + retry + ": expected KIND=N, as in task=2");
      }
      if (parts[0].equals(TEMPORARY)) {
        temporary = Integer.parseInt(parts[1]);
      } else {
        byKind.put(kind(parts[0]), Integer.parseInt(parts[1]));
      }
    }
    return new RunOptions(onError, !noCache, byKind, temporary, containers).withSites(sites());
  }

  /** By step; the empty text for all others. */
  private Map<String, String> sites() throws CliException {
    Map<String, String> byStep = new LinkedHashMap<>();
    for (String site : sites) {
      int equals = site.lastIndexOf('=');
      String step = equals < 0 ? "" : site.substring(0, equals);
      if (equals == 0 || site.substring(equals + 1).isBlank()) {
        throw CliException.usage(
            "--site " + site + ": expected SITE or STEP=SITE, as in hpc or simulate=hpc");
      }
      if (byStep.put(step, site.substring(equals + 1)) != null) {
        throw CliException.usage(
            "--site "
                + site
                + ": "
                + (step.isEmpty() ? "a run" : step)
                + " has another site already");
      }
    }
    return byStep;
  }

  private static FailureKind kind(String name) throws CliException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "task" -> FailureKind.TASK;
      case "resources" -> FailureKind.RESOURCES;
      case "infrastructure" -> FailureKind.INFRASTRUCTURE;
      default ->
          throw CliException.usage(
              "--retries "
                  + name
                  + ": no such kind; expected task, resources, infrastructure or temporary");
    };
  }

  Map<String, String> labels() throws CliException {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String label : labels) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw CliException.usage("--label " + label + ": expected KEY=VALUE, as in project=flood");
      }
      pairs.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return pairs;
  }
}
