package io.twinflow.engine.cli.display;

import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.core.view.StepSnapshot;
import io.twinflow.engine.core.view.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is worth knowing when a run has ended. */
public final class Summary {

  /** What a site could not tell. */
  public static final String UNKNOWN = "–";

  private Summary() {}

  /** Times per step. */
  public static List<String> table(RunSnapshot run) {
    return table(run, Integer.MAX_VALUE);
  }

  /**
   * @param width characters that a line may have
   */
  public static List<String> table(RunSnapshot run, int width) {
    Table table =
        new Table(
            "lrrrrrrrrrrr",
            "step",
            "tasks",
            "running",
            "waiting",
            "cached",
            "adopted",
            "skipped",
            "failed",
            "wall",
            "longest",
            "cpu",
            "peak memory");
    boolean ended = run.state().isTerminal();
    boolean anyPeak = run.steps().stream().anyMatch(step -> step.peakMemoryBytes() != null);
    for (StepSnapshot step : run.steps()) {
      if (ended && step.state() == StepState.WAITING) {
        continue;
      }
      boolean ran = !step.wall().isZero();
      Long peak = step.peakMemoryBytes();
      table.add(
          "  ".repeat(step.depth()) + (step.name().isEmpty() ? run.workflowName() : step.name()),
          step.composite() ? "" : String.valueOf(step.done()),
          ended ? "" : number(step.running()),
          ended ? "" : number(step.waiting()),
          number(step.cached()),
          number(step.adopted()),
          number(step.skipped()),
          number(step.failed()),
          ran ? Words.duration(step.wall()) : "",
          ran && step.multiple() ? Words.duration(step.longest()) : "",
          step.cpu().isZero() ? "" : Words.duration(step.cpu()),
          peak != null ? Words.bytes(peak) : anyPeak && ran && !step.composite() ? UNKNOWN : "");
    }
    return table.isEmpty() ? List.of() : table.lines(width);
  }

  /** One line: how it ended, in which time, and what it took. */
  public static String line(RunSnapshot run) {
    List<String> parts = new ArrayList<>();
    RunSnapshot.StepCounts tasks = run.tasks();
    long ran = tasks.done() - tasks.cached() - tasks.adopted();
    parts.add(Words.count(ran, "task") + " run");
    if (tasks.cached() > 0) {
      parts.add(tasks.cached() + " from the cache");
    }
    if (tasks.adopted() > 0) {
      parts.add(tasks.adopted() + " adopted");
    }
    if (tasks.failed() > 0) {
      parts.add(tasks.failed() + " failed");
    }
    long notRun = notRun(run);
    if (notRun > 0) {
      parts.add(Words.count(notRun, "step") + " not run");
    }
    return StateWords.of(run.state())
        + " after "
        + Words.duration(age(run))
        + ": "
        + String.join(", ", parts);
  }

  /** Steps that a failure or a cancel left without a beginning. */
  private static long notRun(RunSnapshot run) {
    boolean cutShort = run.state().isTerminal() && run.state() != RunState.SUCCEEDED;
    return cutShort
        ? run.steps().stream()
            .filter(step -> !step.composite() && step.state() == StepState.WAITING)
            .count()
        : 0;
  }

  /** From the first event to the newest. */
  public static Duration age(RunSnapshot run) {
    return run.created() == null || run.lastEvent() == null
        ? Duration.ZERO
        : Duration.between(run.created(), run.lastEvent());
  }

  private static String number(long number) {
    return number == 0 ? "" : String.valueOf(number);
  }
}
