package io.twinflow.executors.slurm;

import org.jspecify.annotations.Nullable;

/**
 * One job, or an array of them; kept as JSON until it is submitted, in no version's words.
 *
 * @param name of the batch; the comment says the part too
 * @param folder of the batch
 * @param first line of its tasks in the batch's list of attempts
 * @param tasks in the array; 1 for a job that is none
 * @param cores of each process
 * @param minutes of time; null for what the partition gives
 */
record Submission(
    String name,
    String comment,
    String script,
    String folder,
    int first,
    int tasks,
    int processes,
    int cores,
    long memoryMiB,
    int gpus,
    @Nullable Integer minutes) {}
