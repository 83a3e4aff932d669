package io.twinflow.engine.core.view;

import io.twinflow.engine.core.event.Event.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running counts of one step of the plan; guarded by its {@link RunProgress}. */
final class Tally {

  private final String path;
  private final String name;
  private final int depth;
  private final boolean scattered;
  private final boolean multiple;
  private boolean composite;
  private final Map<String, Tally> steps = new LinkedHashMap<>();

  long total;
  long created;
  long running;
  long done;
  long skipped;
  long failed;
  long cached;
  long adopted;
  long retries;
  private @Nullable Instant began;
  private @Nullable Instant ended;
  private Duration wall = Duration.ZERO;
  private Duration longest = Duration.ZERO;
  private Duration cpu = Duration.ZERO;
  private @Nullable Long peakMemory;

  private Tally(
      String path, String name, int depth, boolean scattered, boolean multiple, boolean composite) {
    this.path = path;
    this.name = name;
    this.depth = depth;
    this.scattered = scattered;
    this.multiple = multiple;
    this.composite = composite;
  }

  static Tally root(Outline outline) {
    Tally root = new Tally("", "", -1, false, false, true);
    outline.steps().forEach(root::add);
    return root;
  }

  private void add(Outline step) {
    boolean many = multiple || step.scattered() || step.loops();
    Tally child =
        new Tally(
            pathTo(step.name()),
            step.name(),
            depth + 1,
            step.scattered(),
            many,
            !step.steps().isEmpty());
    steps.put(step.name(), child);
    step.steps().forEach(child::add);
  }

  private String pathTo(String step) {
    return path.isEmpty() ? step : path + "/" + step;
  }

  Tally child(String step, boolean many) {
    return steps.computeIfAbsent(
        step, s -> new Tally(pathTo(s), s, depth + 1, many, multiple || many, false));
  }

  /** Another scope holds the steps below: each will be invoked once more, or is scattered. */
  void opened(boolean hasScope) {
    composite |= hasScope;
    steps.values().stream().filter(step -> !step.scattered).forEach(step -> step.total++);
  }

  void began(Instant at) {
    if (began == null || at.isBefore(began)) {
      began = at;
    }
  }

  void ended(Instant at) {
    if (ended == null || at.isAfter(ended)) {
      ended = at;
    }
  }

  void measured(@Nullable Execution execution) {
    if (execution == null) {
      return;
    }
    Instant started = execution.started();
    if (started != null) {
      Duration took = Duration.between(started, execution.ended());
      wall = wall.plus(took);
      longest = longest.compareTo(took) < 0 ? took : longest;
    }
    if (execution.cpuTime() != null) {
      cpu = cpu.plus(execution.cpuTime());
    }
    Long peak = execution.peakMemoryBytes();
    if (peak != null && (peakMemory == null || peak > peakMemory)) {
      peakMemory = peak;
    }
  }

  void collect(List<StepSnapshot> into) {
    for (Tally step : steps.values()) {
      into.add(step.snapshot());
      step.collect(into);
    }
  }

  private StepSnapshot snapshot() {
    long known = Math.max(total, created + skipped);
    return new StepSnapshot(
        path,
        name,
        depth,
        multiple || known > 1,
        composite,
        state(known),
        known,
        Math.max(0, created - running - done - failed),
        running,
        done,
        skipped,
        failed,
        cached,
        adopted,
        retries,
        began,
        ended,
        wall,
        longest,
        cpu,
        peakMemory);
  }

  private StepState state(long known) {
    boolean settled = known > 0 && done + skipped + failed >= known;
    if (failed > 0 && (settled || running == 0)) {
      return StepState.FAILED;
    }
    if (settled) {
      return done == 0 ? StepState.SKIPPED : StepState.DONE;
    }
    return running > 0 || done + failed > 0 ? StepState.RUNNING : StepState.WAITING;
  }
}
