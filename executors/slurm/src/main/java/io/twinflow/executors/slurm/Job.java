package io.twinflow.executors.slurm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Slurm says about a job, or about the tasks of an array that have not started.
 *
 * @param comment what it was submitted with
 * @param index of a task within its array; null for a job that is no array, and for the rest of an
 *     array that waits
 * @param state in Slurm's words: PENDING, RUNNING, COMPLETED and others
 * @param reason why it is in this state; may be empty
 * @param started null if it has not
 * @param minutes of time that it may run for; null if there is no limit, or it is not known
 */
record Job(
    long id,
    String comment,
    boolean array,
    @Nullable Integer index,
    String state,
    String reason,
    String host,
    @Nullable Instant started,
    @Nullable Integer minutes) {

  JobEnd end() {
    return new JobEnd(state, minutes);
  }
}
