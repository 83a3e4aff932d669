package io.twinflow.engine.server.views;

import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.view.TaskView;
import io.twinflow.engine.server.queue.Waiting;
import io.twinflow.engine.server.runs.PublicText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A task as everybody sees it. Versioned apart from the journal.
 *
 * @param task its number within the run, from 1
 * @param address as in {@code /calibrate[17]/simulate}; {@code /} for a run of a single tool
 * @param started when the tool started; null while it has not, and where nothing was started
 * @param origin executed, evaluated, or whose result was taken over
 * @param command what was run, secrets masked
 * @param cpuSeconds null where the site cannot tell
 * @param peakMemoryBytes null where the site cannot tell
 * @param retryAt not before then is there another attempt
 * @param waiting why it does not run yet; null if it does, or has ended
 */
@Schema(name = "Task")
public record TaskJson(
    long task,
    String address,
    String state,
    int attempts,
    @Nullable Instant started,
    @Nullable Instant ended,
    @Nullable String origin,
    @Nullable List<String> command,
    @Nullable String site,
    @Nullable String host,
    @Nullable Integer exitCode,
    @Nullable Double cpuSeconds,
    @Nullable Long peakMemoryBytes,
    @Nullable FailureJson failure,
    @Nullable Instant retryAt,
    @Nullable Waiting waiting) {

  /** Why it failed. */
  @Schema(name = "Failure")
  public record FailureJson(String kind, String code, String message) {
    static @Nullable FailureJson of(@Nullable Failure failure) {
      return failure == null
          ? null
          : new FailureJson(
              failure.kind().name().toLowerCase(Locale.ROOT),
              failure.code(),
              PublicText.of(failure.message()));
    }
  }

  static TaskJson of(TaskView view) {
    Event.Execution execution = view.execution();
    Instant started = execution == null ? view.startedAt() : execution.started();
    Duration cpu = execution == null ? null : execution.cpuTime();
    return new TaskJson(
        view.task(),
        view.address(),
        view.state().name().toLowerCase(Locale.ROOT),
        view.attempts(),
        started,
        view.endedAt(),
        view.origin() == null ? null : origin(view.origin()),
        execution == null ? null : execution.command(),
        execution == null ? null : execution.site(),
        execution == null ? null : execution.host(),
        execution == null ? null : execution.exitCode(),
        cpu == null ? null : cpu.toNanos() / 1e9,
        execution == null ? null : execution.peakMemoryBytes(),
        FailureJson.of(view.failure()),
        view.retryAt(),
        null);
  }

  TaskJson waiting(@Nullable Waiting reason) {
    return new TaskJson(
        task,
        address,
        state,
        attempts,
        started,
        ended,
        origin,
        command,
        site,
        host,
        exitCode,
        cpuSeconds,
        peakMemoryBytes,
        failure,
        retryAt,
        reason);
  }

  private static String origin(Event.Origin origin) {
    return switch (origin) {
      case Event.Origin.Executed _ -> "executed";
      case Event.Origin.Evaluated _ -> "evaluated";
      case Event.Origin.Cached cached -> "cached from %s".formatted(cached.run());
      case Event.Origin.Adopted adopted -> "adopted from %s".formatted(adopted.run());
    };
  }

  /** The step's path without indices, which is what a list is narrowed by. */
  static String step(String address) {
    return address.substring(1).replaceAll("[\\[#][0-9]+\\]?", "");
  }
}
