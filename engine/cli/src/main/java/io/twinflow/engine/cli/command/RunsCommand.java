package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.display.Summary;
import io.twinflow.engine.cli.display.Table;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.Storage;
import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.engine.core.view.RunSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists runs, and removes old ones. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists the runs, the newest first, or removes some.",
    footer = {
      "",
      "Examples:",
      "  twinflow runs --state failed --label project=flood",
      "  twinflow runs --delete --older-than 30d --dry-run",
      "  twinflow runs --delete 20261120-093012-k3x9qa"
    })
final class RunsCommand implements Callable<Integer> {

  /** Why a run is not removed yet, and nothing is wrong. */
  private static final Set<String> NEEDED = Set.of("run.continued", "run.needed");

  private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([smhdw])");

  private final Context context;

  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only those that are, say, failed or interrupted.")
  private @Nullable String state;

  @Option(
      names = "--label",
      paramLabel = "KEY[=VALUE]",
      description = "Only those with this label.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "Only those that began before, as in 30d, 12h.")
  private @Nullable String olderThan;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most so many.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--delete",
      description = "Remove them, with their logs and working folders; results elsewhere stay.")
  private boolean delete;

  @Option(names = "--dry-run", description = "Only say what would be removed, and its size.")
  private boolean dryRun;

  @Option(names = "--json", description = "Write JSON.")
  private boolean json;

  @Parameters(arity = "0..*", paramLabel = "RUN", description = "Only these.")
  private List<String> wanted = new ArrayList<>();

  @Mixin private ConfigOption config = new ConfigOption();

  RunsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException {
    Path folder = home.path(context.invocation());
    SitesFile sites =
        delete && !dryRun ? config.read(context.invocation(), folder) : SitesFile.EMPTY;
    try (EngineRoom room = EngineRoom.openToRead(context, folder, sites)) {
      Engine engine = room.engine();
      List<RunListing> found = new ArrayList<>();
      for (RunId run : which(engine)) {
        if (found.size() >= limit) {
          break;
        }
        RunListing listing = RunListing.of(engine, run);
        if (matches(listing)) {
          found.add(listing);
        }
      }
      return delete || dryRun ? remove(room, found) : list(found);
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }

  private List<RunId> which(Engine engine) throws CliException {
    if (wanted.isEmpty()) {
      if (delete && !dryRun && olderThan == null && state == null && labels.isEmpty()) {
        throw CliException.usage(
            "twinflow runs --delete: which? Name runs, or give --older-than, --state or --label.");
      }
      return engine.runs();
    }
    List<RunId> runs = new ArrayList<>();
    for (String name : wanted) {
      runs.add(RunIds.find(engine, name));
    }
    return runs;
  }

  private boolean matches(RunListing listing) throws CliException {
    if (state != null && !state.toLowerCase(Locale.ROOT).equals(listing.state())) {
      return false;
    }
    RunSnapshot run = listing.snapshot();
    Map<String, String> has = run == null ? Map.of() : run.labels();
    for (String label : labels) {
      String[] pair = label.split("=", 2);
      String value = has.get(pair[0]);
      if (value == null || (pair.length == 2 && !value.equals(pair[1]))) {
        return false;
      }
    }
    if (olderThan == null) {
      return true;
    }
    return run != null
        && run.created() != null
        && run.created().isBefore(Instant.now().minus(age(olderThan)));
  }

  static Duration age(String text) throws CliException {
    Matcher matcher = AGE.matcher(text);
    if (!matcher.matches()) {
      throw CliException.usage("--older-than " + text + ": expected an age such as 30d, 12h or 2w");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "w" -> Duration.ofDays(7 * number);
      default -> Duration.ofDays(number);
    };
  }

  private int list(List<RunListing> found) {
    if (json) {
      context.print(RunListing.json(found));
      return ExitCode.SUCCESS;
    }
    if (found.isEmpty()) {
      context.say("no runs" + (state == null && labels.isEmpty() ? " yet" : " like that"));
      return ExitCode.SUCCESS;
    }
    Table table = new Table("lllrrl", "run", "state", "workflow", "age", "took", "labels");
    for (RunListing listing : found) {
      RunSnapshot run = listing.snapshot();
      if (run == null) {
        table.add(
            listing.run().value(), listing.state(), Words.fit(listing.trouble(), 60), "", "", "");
        continue;
      }
      table.add(
          listing.run().value(),
          listing.state(),
          Words.fit(run.workflowName(), 30),
          run.created() == null
              ? ""
              : Words.duration(Duration.between(run.created(), Instant.now())),
          run.state() == RunState.RUNNING ? "" : Words.duration(Summary.age(run)),
          RunListing.labels(run));
    }
    table.lines().forEach(line -> context.print(Words.harmless(line)));
    return ExitCode.SUCCESS;
  }

  private int remove(EngineRoom room, List<RunListing> found) throws FailureException {
    Storage storage = room.engine().storage();
    long total = 0;
    int removed = 0;
    boolean well = true;
    for (RunListing listing : found) {
      RunId run = listing.run();
      if (listing.isAlive()) {
        well &= alive(run);
        continue;
      }
      long size = storage.size(run);
      if (!dryRun && !delete(storage, run)) {
        well &= wanted.isEmpty();
        continue;
      }
      well &= dryRun || forget(room, run);
      total += size;
      removed++;
      context.print((dryRun ? "would remove " : "removed ") + run + "  " + Words.bytes(size));
    }
    context.print(Words.count(removed, "run") + ", " + Words.bytes(total));
    well &= dryRun || sweep(room);
    return well ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  /** False if an engine took the run up in the meantime, or one that is open needs it. */
  private boolean delete(Storage storage, RunId run) throws FailureException {
    try {
      storage.delete(run);
      return true;
    } catch (FailureException e) {
      if (storage.isHeld(run)) {
        alive(run);
        return false;
      }
      if (NEEDED.contains(e.failure().code())) {
        context.say(run + ": " + e.failure().message());
        return false;
      }
      throw e;
    }
  }

  private boolean forget(EngineRoom room, RunId run) {
    try {
      room.forget(run);
      return true;
    } catch (IOException e) {
      context.say(
          "%s: what sites have left of it in the store could not be deleted: %s"
              .formatted(run, e.getMessage()));
      return false;
    }
  }

  private boolean sweep(EngineRoom room) {
    try {
      room.sweep();
      return true;
    } catch (IOException e) {
      context.say(
          "copies of inputs that no site needs any more could not be deleted: " + e.getMessage());
      return false;
    }
  }

  /** That something runs is only wrong if it was asked for by name. */
  private boolean alive(RunId run) {
    context.say("%1$s: is running; stop it first: twinflow cancel %1$s".formatted(run));
    return wanted.isEmpty();
  }
}
