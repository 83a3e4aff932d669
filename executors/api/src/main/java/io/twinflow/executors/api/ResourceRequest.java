package io.twinflow.executors.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a task reserves.
 *
 * @param cores may be a fraction
 * @param memoryMiB mebibytes
 * @param tmpdirMiB disk for the temporary folder, mebibytes
 * @param outdirMiB disk for the working folder, mebibytes
 * @param gpus devices
 * @param processes MPI ranks; 1 without MPI
 * @param time that the site lets it run for, of wall time; null for what the site gives by itself
 */
public record ResourceRequest(
    double cores,
    long memoryMiB,
    long tmpdirMiB,
    long outdirMiB,
    int gpus,
    int processes,
    @Nullable Duration time) {

  public ResourceRequest(
      double cores, long memoryMiB, long tmpdirMiB, long outdirMiB, int gpus, int processes) {
    this(cores, memoryMiB, tmpdirMiB, outdirMiB, gpus, processes, null);
  }

  /** The same with other memory and time. */
  public ResourceRequest with(long otherMemoryMiB, @Nullable Duration otherTime) {
    return new ResourceRequest(
        cores, otherMemoryMiB, tmpdirMiB, outdirMiB, gpus, processes, otherTime);
  }

  /** The defaults of CWL v1.2's ResourceRequirement. */
  public static final ResourceRequest DEFAULT = new ResourceRequest(1, 256, 1024, 1024, 0, 1);
}
