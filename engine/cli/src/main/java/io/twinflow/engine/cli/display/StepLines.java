package io.twinflow.engine.cli.display;

import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.core.view.StepSnapshot;
import io.twinflow.engine.core.view.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Draws the steps of a run as lines that fit a terminal. */
final class StepLines {

  private static final int BAR = 20;
  private static final int LEAST_NAME = 12;
  private static final int MOST_NAME = 40;

  /** Lines for the counts of steps that are left out. */
  private static final int LEFT_OUT = 3;

  private final Style style;
  private final int width;
  private final int rows;

  StepLines(Style style, int width, int rows) {
    this.style = style;
    this.width = Math.max(20, width);
    this.rows = Math.max(3, rows);
  }

  List<String> draw(RunSnapshot run, Instant now) {
    List<StepSnapshot> steps = run.steps();
    // A bar needs room beside the name.
    int share = steps.stream().anyMatch(StepSnapshot::multiple) ? width / 3 : width / 2;
    int name =
        Math.clamp(
            steps.stream().mapToInt(s -> 2 * s.depth() + label(s, run).length()).max().orElse(0),
            LEAST_NAME,
            Math.max(LEAST_NAME, Math.min(MOST_NAME, share)));
    List<String> lines = new ArrayList<>();
    lines.add(head(run, now));
    for (Object shown : fold(steps)) {
      lines.add(
          shown instanceof StepSnapshot step
              ? line(step, run, name, now)
              : style.faint(Words.fit("  " + shown, width)));
    }
    return lines;
  }

  private String head(RunSnapshot run, Instant now) {
    Instant created = run.created();
    String elapsed = created == null ? "" : Words.duration(Duration.between(created, now));
    RunSnapshot.StepCounts tasks = run.tasks();
    String counts = tasks.done() + " done";
    if (tasks.running() > 0) {
      counts += ", " + tasks.running() + " running";
    }
    if (tasks.failed() > 0) {
      counts += ", " + tasks.failed() + " failed";
    }
    if (run.state() == RunState.PAUSED || run.state() == RunState.CANCELLING) {
      counts += "  " + StateWords.of(run.state());
    }
    String rest = "  " + elapsed + "  " + counts;
    String name = Words.fit(run.workflowName(), Math.max(8, width - rest.length()));
    return style.strong(name) + style.faint(Words.fit(rest, width - name.length()));
  }

  /**
   * What fits: what failed and what runs, then what comes next and what was done last. Says how
   * many steps of each state are left out.
   */
  private List<Object> fold(List<StepSnapshot> steps) {
    int room = rows - 1;
    if (steps.size() <= room) {
      return new ArrayList<>(steps);
    }
    Set<StepSnapshot> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    int most = Math.max(1, room - LEFT_OUT);
    take(steps, StepState.FAILED, most, shown);
    take(steps, StepState.RUNNING, most, shown);
    int half = shown.size() + (most - shown.size() + 1) / 2;
    take(steps, StepState.WAITING, half, shown);
    take(steps.reversed(), StepState.DONE, most, shown);
    take(steps, StepState.WAITING, most, shown);
    List<Object> lines = new ArrayList<>(steps.stream().filter(shown::contains).toList());
    for (StepState state : StepState.values()) {
      long count = steps.stream().filter(s -> s.state() == state && !shown.contains(s)).count();
      if (count > 0 && lines.size() < room) {
        lines.add(style.sign("… ", "... ") + Words.count(count, "more step") + " " + word(state));
      }
    }
    return lines;
  }

  private static void take(
      List<StepSnapshot> steps, StepState state, int most, Set<StepSnapshot> shown) {
    steps.stream()
        .filter(step -> step.state() == state && !shown.contains(step))
        .limit(Math.max(0, most - shown.size()))
        .toList()
        .forEach(shown::add);
  }

  private String line(StepSnapshot step, RunSnapshot run, int nameWidth, Instant now) {
    String indent = "  ".repeat(Math.min(step.depth(), 8));
    String name = Words.fit(label(step, run), Math.max(4, nameWidth - indent.length()));
    String pad = " ".repeat(Math.max(1, nameWidth - indent.length() - name.length() + 2));
    String start = " " + sign(step.state()) + " " + indent;
    int room = width - 3 - indent.length() - name.length() - pad.length();
    return start + name + pad + (room <= 0 ? "" : detail(step, now, room));
  }

  private static String label(StepSnapshot step, RunSnapshot run) {
    return step.name().isEmpty() ? run.workflowName() : step.name();
  }

  private String detail(StepSnapshot step, Instant now, int room) {
    if (!step.multiple() || step.total() == 0) {
      return style.faint(Words.fit(plainDetail(step, now), room));
    }
    String counts = step.settled() + "/" + step.total();
    if (step.running() > 0) {
      counts += "  " + step.running() + " running";
    }
    if (step.waiting() > 0) {
      counts += "  " + step.waiting() + " waiting";
    }
    String failed = step.failed() > 0 ? "  " + step.failed() + " failed" : "";
    String detail = plainDetail(step, now);
    boolean told = detail.isEmpty() || step.state() == StepState.WAITING && step.waiting() > 0;
    String time = told ? "" : "  " + detail;
    String bar = room > BAR + counts.length() + failed.length() + 2 ? bar(step) + "  " : "";
    int left = room - (bar.isEmpty() ? 0 : BAR + 2);
    String text = Words.fit(counts, left);
    String bad = Words.fit(failed, Math.max(0, left - text.length()));
    String end = Words.fit(time, Math.max(0, left - text.length() - bad.length()));
    return bar + text + style.bad(bad) + style.faint(end.length() == time.length() ? end : "");
  }

  private String bar(StepSnapshot step) {
    int full = step.total() == 0 ? 0 : (int) (step.settled() * BAR / step.total());
    return style.good(style.sign("█", "#").repeat(full))
        + style.faint(style.sign("░", ".").repeat(BAR - full));
  }

  private static String plainDetail(StepSnapshot step, Instant now) {
    Instant began = step.began();
    return switch (step.state()) {
      case WAITING -> "waiting";
      case SKIPPED -> "skipped";
      case RUNNING -> began == null ? "" : Words.duration(Duration.between(began, now));
      case DONE -> step.done() > 0 && step.cached() == step.done() ? "cached" : took(step);
      case FAILED -> "failed" + (took(step).isEmpty() ? "" : " after " + took(step));
    };
  }

  private static String took(StepSnapshot step) {
    Instant began = step.began();
    Instant ended = step.ended();
    return began == null || ended == null ? "" : Words.duration(Duration.between(began, ended));
  }

  private String sign(StepState state) {
    return switch (state) {
      case WAITING -> style.faint(style.sign("·", " "));
      case RUNNING -> style.busy(style.sign("▸", ">"));
      case DONE -> style.good(style.sign("✓", "+"));
      case SKIPPED -> style.faint(style.sign("–", "-"));
      case FAILED -> style.bad(style.sign("✗", "x"));
    };
  }

  private static String word(StepState state) {
    return switch (state) {
      case WAITING -> "waiting";
      case RUNNING -> "running";
      case DONE -> "done";
      case SKIPPED -> "skipped";
      case FAILED -> "failed";
    };
  }
}
