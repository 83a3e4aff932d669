package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.display.FailureText;
import io.twinflow.engine.cli.display.Style;
import io.twinflow.engine.cli.display.Summary;
import io.twinflow.engine.cli.display.Table;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.view.Outline;
import io.twinflow.engine.core.view.RunProgress;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.core.view.TaskFailure;
import io.twinflow.engine.core.view.TaskList;
import io.twinflow.engine.core.view.TaskView;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what happened in a run. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Tells what happened in a run: its steps, times, failures, and why it waits.",
    footer = {
      "",
      "A peak memory of – is not known: of a tool smaller than Twinflow itself the",
      "system tells Twinflow's size, and of one in a container nothing.",
      "",
      "Examples:",
      "  twinflow show latest",
      "  twinflow show latest calibrate     each task of a step",
      "  twinflow show --json latest"
    })
final class ShowCommand implements Callable<Integer> {

  private static final int MOST_TASKS = 200;
  private static final int MOST_REASONS = 5;

  private final Context context;

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private RunAndStep wanted = new RunAndStep();

  @Option(names = "--json", description = "Write JSON.")
  private boolean json;

  ShowCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException {
    Path folder = home.path(context.invocation());
    try (EngineRoom room = EngineRoom.openToRead(context, folder)) {
      Engine engine = room.engine();
      RunId run = wanted.run(engine);
      RunProgress progress = new RunProgress(outline(engine, run));
      WhyWaiting waiting = new WhyWaiting();
      String only = wanted.address(engine, run).orElse(null);
      TaskList tasks = new TaskList(only == null ? address -> json : TaskList.in(only));
      engine.read(
          run,
          envelope -> {
            progress.accept(envelope);
            waiting.accept(envelope);
            tasks.accept(envelope);
          });
      RunSnapshot snapshot = progress.snapshot();
      if (json) {
        context.print(ValueJson.writePretty(RunJson.whole(snapshot, tasks.tasks())));
      } else if (only == null) {
        boolean held = engine.storage().isHeld(run);
        summary(snapshot, engine.storage().whereabouts(run), held);
        if (held) {
          waiting(waiting.lines(snapshot, engine.definition(run).process()));
        }
      } else {
        tasks(tasks.tasks(), only, snapshot);
      }
      return ExitCode.SUCCESS;
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }

  private static Outline outline(Engine engine, RunId run) {
    try {
      return Outline.of(engine.definition(run).process());
    } catch (FailureException e) {
      return Outline.UNKNOWN;
    }
  }

  private void waiting(List<String> lines) {
    if (!lines.isEmpty()) {
      context.print("");
      context.print("waiting:");
      lines.forEach(line -> context.print("  " + Words.harmless(line)));
    }
  }

  private void summary(RunSnapshot run, String folder, boolean held) {
    context.print("run       " + run.run());
    context.print("workflow  " + run.workflowName() + "  " + Words.fit(run.workflowVersion(), 16));
    context.print(
        "state     "
            + (run.state().isTerminal() || held
                ? Summary.line(run)
                : "interrupted; go on with: twinflow resume " + run.run()));
    if (run.created() != null) {
      context.print("began     " + run.created().truncatedTo(ChronoUnit.SECONDS));
    }
    if (!run.labels().isEmpty()) {
      context.print("labels    " + RunListing.labels(run));
    }
    run.continues().ifPresent(old -> context.print("continues " + old));
    context.print("folder    " + folder);
    List<String> table = Summary.table(run);
    if (!table.isEmpty()) {
      context.print("");
      table.forEach(context::print);
    }
    if (!run.failures().isEmpty()) {
      context.print("");
      run.failures().stream()
          .flatMap(failure -> FailureText.lines(failure, run.workflowName(), Style.PLAIN).stream())
          .forEach(context::print);
    } else if (run.failure() != null) {
      context.print("");
      context.print(Words.harmless(run.failure().message()));
    }
    run.leftBehind().forEach(left -> context.print("left behind: " + left));
  }

  private void tasks(List<TaskView> tasks, String step, RunSnapshot run) throws CliException {
    if (tasks.isEmpty()) {
      throw CliException.failure(
          step
              + ": no task of run "
              + run.run()
              + " has this name."
              + io.twinflow.workflowdefs.source.NearestName.hint(
                  step, run.steps().stream().map(s -> s.name()).toList()));
    }
    Table table =
        new Table(
            "lllrrrrrl",
            "step",
            "state",
            "site",
            "attempts",
            "wall",
            "cpu",
            "peak memory",
            "exit",
            "from or folder");
    tasks.stream().limit(MOST_TASKS).forEach(task -> row(task, run.workflowName(), table));
    table.lines().forEach(context::print);
    if (tasks.size() > MOST_TASKS) {
      context.print("… and " + (tasks.size() - MOST_TASKS) + " more; --json writes all");
    }
    placed(tasks);
    tasks.stream()
        .filter(task -> task.failure() != null && task.state() == TaskView.State.FAILED)
        .limit(3)
        .forEach(task -> failure(task, run.workflowName()));
  }

  /** Why tasks went where they went; shards mostly go somewhere for the same reason. */
  private void placed(List<TaskView> tasks) {
    List<String> reasons =
        tasks.stream()
            .filter(task -> !task.placed().isEmpty())
            .map(task -> task.site() + ": " + task.placed())
            .distinct()
            .limit(MOST_REASONS)
            .toList();
    if (!reasons.isEmpty()) {
      context.print("");
      reasons.forEach(reason -> context.print("at " + Words.harmless(reason)));
    }
  }

  private void failure(TaskView task, String workflow) {
    Failure failure = task.failure();
    if (failure != null) {
      TaskFailure failed =
          new TaskFailure(task.address(), task.task(), task.attempts(), failure, task.execution());
      context.print("");
      FailureText.lines(failed, workflow, Style.PLAIN).forEach(context::print);
    }
  }

  private static void row(TaskView task, String workflow, Table table) {
    Event.Execution execution = task.execution();
    Event.Origin origin = task.origin();
    Instant started = execution == null ? null : execution.started();
    Duration cpu = execution == null ? null : execution.cpuTime();
    Long peak = execution == null ? null : execution.peakMemoryBytes();
    Integer exit = execution == null ? null : execution.exitCode();
    table.add(
        FailureText.place(task.address(), workflow),
        task.state().name().toLowerCase(Locale.ROOT),
        task.placed().isEmpty() || task.site() == null ? "" : task.site(),
        task.attempts() == 0 ? "" : String.valueOf(task.attempts()),
        execution == null || started == null
            ? ""
            : Words.duration(Duration.between(started, execution.ended())),
        cpu == null ? "" : Words.duration(cpu),
        execution == null ? "" : peak == null ? Summary.UNKNOWN : Words.bytes(peak),
        exit == null ? "" : String.valueOf(exit),
        execution != null ? execution.whereabouts() : origin == null ? "" : RunJson.origin(origin));
  }
}
