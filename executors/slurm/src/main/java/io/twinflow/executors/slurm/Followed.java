package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import java.time.Instant;

/**
 * An attempt whose end is not known yet.
 *
 * @param comment of the job it is in
 * @param index within that job's array
 */
record Followed(
    AttemptKey attempt,
    BatchKey batch,
    String comment,
    int index,
    long job,
    boolean array,
    Instant queued) {

  /** As Slurm names it. */
  String siteId() {
    return array ? job + "_" + index : Long.toString(job);
  }
}
