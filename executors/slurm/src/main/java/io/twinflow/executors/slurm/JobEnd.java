package io.twinflow.executors.slurm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the site says of a job that is over.
 *
 * @param state in Slurm's words; empty if nobody knows
 * @param minutes of time that it had; null if that is not known, or there was no limit
 */
record JobEnd(String state, @Nullable Integer minutes) {

  static final JobEnd UNKNOWN = new JobEnd("", null);

  boolean isKnown() {
    return !state.isEmpty();
  }

  /** Null if it is not known. */
  @Nullable Duration limit() {
    return minutes == null ? null : Duration.ofMinutes(minutes);
  }

  /** As Slurm writes numbers that are none: the largest are NO_VAL and INFINITE (slurm.h). */
  static @Nullable Integer minutes(@Nullable Long number) {
    return number == null || number <= 0 || number >= 0xfffffffdL
        ? null
        : (int) Math.min(Integer.MAX_VALUE, number);
  }
}
