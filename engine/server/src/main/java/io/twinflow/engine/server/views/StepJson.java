package io.twinflow.engine.server.views;

import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.core.view.StepSnapshot;
import io.twinflow.engine.server.queue.Waiting;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A step of the plan, over all scopes where it stands; a scatter is one step with counters.
 *
 * @param step its path without indices, as in {@code calibrate/simulate}
 * @param total invocations known so far
 * @param cpuSeconds over all attempts that ended well
 * @param waitingFor why tasks of it that are ready wait; null if none do
 */
@Schema(name = "Step")
public record StepJson(
    String step,
    String state,
    boolean scattered,
    long total,
    long waiting,
    long running,
    long done,
    long skipped,
    long failed,
    long cached,
    long adopted,
    long retries,
    double wallSeconds,
    double longestSeconds,
    double cpuSeconds,
    @Nullable Waiting waitingFor) {

  /** The reason is told with steps that have something waiting. */
  StepJson waitingFor(@Nullable Waiting reason) {
    return waiting == 0 || reason == null
        ? this
        : new StepJson(
            step,
            state,
            scattered,
            total,
            waiting,
            running,
            done,
            skipped,
            failed,
            cached,
            adopted,
            retries,
            wallSeconds,
            longestSeconds,
            cpuSeconds,
            reason);
  }

  static StepJson of(StepSnapshot step) {
    return new StepJson(
        step.path(),
        step.state().name().toLowerCase(Locale.ROOT),
        step.multiple(),
        step.total(),
        step.waiting(),
        step.running(),
        step.done(),
        step.skipped(),
        step.failed(),
        step.cached(),
        step.adopted(),
        step.retries(),
        seconds(step.wall()),
        seconds(step.longest()),
        seconds(step.cpu()),
        null);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
