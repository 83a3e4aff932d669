package io.twinflow.engine.cli.display;

import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.core.view.StepSnapshot;
import io.twinflow.engine.core.view.StepState;
import io.twinflow.engine.core.view.TaskFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what is new since it was asked last, a line each. A scattered step gets a line each tenth of
 * its way, so that 100,000 shards fill no log.
 */
final class PlainLines {

  private static final int TENTHS = 10;

  private record Told(StepState state, long tenth, long retries) {
    static final Told NOTHING = new Told(StepState.WAITING, 0, 0);
  }

  private final Map<String, Told> told = new HashMap<>();
  private int failuresTold;
  private boolean pauseTold;

  List<String> whatIsNew(RunSnapshot run) {
    List<String> lines = new ArrayList<>();
    boolean paused = run.state() == RunState.PAUSED;
    if (paused != pauseTold && !run.state().isTerminal()) {
      pauseTold = paused;
      lines.add(
          run.workflowName()
              + (paused ? ": paused; go on with: twinflow resume " + run.run() : ": goes on"));
    }
    for (StepSnapshot step : run.steps()) {
      String name = step.path().isEmpty() ? run.workflowName() : step.path();
      Told before = told.getOrDefault(step.path(), Told.NOTHING);
      Told now = new Told(step.state(), tenth(step), step.retries());
      if (now.retries() > before.retries()) {
        lines.add(name + ": " + Words.count(now.retries(), "attempt") + " failed, trying again");
      }
      String line = line(step, before, now);
      if (!line.isEmpty()) {
        lines.add(name + ": " + line);
      }
      told.put(step.path(), now);
    }
    List<TaskFailure> failures = run.failures();
    failures.subList(failuresTold, failures.size()).stream()
        .filter(failure -> !failure.address().equals("/"))
        .forEach(
            failure -> lines.add(failure.address() + ": failed: " + FailureText.reason(failure)));
    failuresTold = failures.size();
    return lines;
  }

  private static long tenth(StepSnapshot step) {
    return step.multiple() && step.total() > 0 ? step.settled() * TENTHS / step.total() : 0;
  }

  private static String line(StepSnapshot step, Told before, Told now) {
    boolean ended = now.state().compareTo(StepState.RUNNING) > 0;
    if (now.state() != before.state() && ended) {
      return switch (now.state()) {
        case WAITING, RUNNING -> "";
        case SKIPPED -> "skipped";
        case DONE ->
            step.done() == step.cached() ? "done" + many(step) : "done" + many(step) + took(step);
        case FAILED -> failed(step);
      };
    }
    if (now.state() == StepState.RUNNING && before.state() == StepState.WAITING) {
      return step.multiple()
          ? "started, " + step.settled() + " of " + step.total() + " done"
          : "started";
    }
    if (now.state() == StepState.RUNNING && now.tenth() > before.tenth()) {
      return step.settled()
          + " of "
          + step.total()
          + " done, "
          + step.running()
          + " running"
          + (step.failed() > 0 ? ", " + step.failed() + " failed" : "");
    }
    return "";
  }

  /** A step that failed as a whole has a line of its own that says why. */
  private static String failed(StepSnapshot step) {
    if (step.multiple()) {
      return step.failed() + " of " + step.total() + " failed";
    }
    return step.composite() || step.path().isEmpty() ? "failed" : "";
  }

  private static String many(StepSnapshot step) {
    String count = step.multiple() ? ", " + step.done() + " of " + step.total() : "";
    String cached =
        step.cached() > 0
            ? ", " + (step.multiple() ? step.cached() + " " : "") + "from the cache"
            : "";
    String adopted =
        step.adopted() > 0 ? ", " + (step.multiple() ? step.adopted() + " " : "") + "adopted" : "";
    return count + cached + adopted;
  }

  private static String took(StepSnapshot step) {
    Instant began = step.began();
    Instant ended = step.ended();
    return began == null || ended == null
        ? ""
        : " in " + Words.duration(Duration.between(began, ended));
  }
}
