package io.twinflow.executors.api;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, and what cannot be found out later.
 *
 * @param siteId the job, pod, container or process id at the site
 * @param imageDigest null without a container
 */
public record TaskResult(
    Outcome outcome, Usage usage, String siteId, @Nullable String imageDigest) {

  /** How the tool ended. */
  public sealed interface Outcome {
    /** It ended by itself. Which codes mean success is the engine's to say. */
    record Exited(int code) implements Outcome {}

    /**
     * It was ended, or could not be started.
     *
     * @param reason names the object, the expected and the found
     * @param shortage null unless more of something may help
     */
    record Failed(FailureKind kind, String reason, @Nullable Shortage shortage) implements Outcome {

      public Failed(FailureKind kind, String reason) {
        this(kind, reason, null);
      }
    }
  }

  /**
   * @param queued when the site took it
   * @param started null if the tool never started
   * @param cpuTime user and system time of the tool and its children; null if unknown
   * @param peakMemoryBytes null if unknown
   */
  public record Usage(
      String host,
      Instant queued,
      @Nullable Instant started,
      Instant ended,
      @Nullable Duration cpuTime,
      @Nullable Long peakMemoryBytes) {}
}
