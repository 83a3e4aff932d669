package io.twinflow.executors.slurm;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One job, or an array of them.
 *
 * @param name of the batch; the comment says the part too
 * @param tasks in the array; 1 for a job that is none
 * @param cores of each process
 * @param minutes of time; null for what the partition gives
 */
record Submission(
    String name,
    String comment,
    String script,
    Path folder,
    int tasks,
    int processes,
    int cores,
    long memoryMiB,
    int gpus,
    @Nullable Integer minutes) {}
