package io.twinflow.engine.core.view;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of the plan at one moment: everything that happened in all scopes where it stands.
 *
 * @param path names of the steps from the root, separated by {@code /}, without indices
 * @param depth 0 for the steps of the root
 * @param multiple whether it is scattered or stands in something that is: a bar says more
 * @param total invocations known so far
 * @param waiting made and not yet running
 * @param done with outputs, {@code cached} and {@code adopted} among them
 * @param retries attempts that failed and were followed by another
 * @param wall the sum over the attempts that ended well
 * @param peakMemoryBytes the greatest of all attempts; null if no site told
 */
public record StepSnapshot(
    String path,
    String name,
    int depth,
    boolean multiple,
    boolean composite,
    StepState state,
    long total,
    long waiting,
    long running,
    long done,
    long skipped,
    long failed,
    long cached,
    long adopted,
    long retries,
    @Nullable Instant began,
    @Nullable Instant ended,
    Duration wall,
    Duration longest,
    Duration cpu,
    @Nullable Long peakMemoryBytes) {

  /** Invocations that need no more work. */
  public long settled() {
    return done + skipped + failed;
  }
}
