package io.twinflow.executors.api;

/**
 * What a task reserves.
 *
 * @param cores may be a fraction
 * @param memoryMiB mebibytes
 * @param tmpdirMiB disk for the temporary folder, mebibytes
 * @param outdirMiB disk for the working folder, mebibytes
 * @param gpus devices
 * @param processes MPI ranks; 1 without MPI
 */
public record ResourceRequest(
    double cores, long memoryMiB, long tmpdirMiB, long outdirMiB, int gpus, int processes) {

  /** The defaults of CWL v1.2's ResourceRequirement. */
  public static final ResourceRequest DEFAULT = new ResourceRequest(1, 256, 1024, 1024, 0, 1);
}
