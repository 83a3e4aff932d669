package io.twinflow.executors.slurm;

/**
 * A job, or a task of an array, that was written down when it ended.
 *
 * @param siteId as Slurm names it
 * @param name of its batch; numbers of jobs are given out again
 */
record PastJob(String siteId, String name, JobEnd end) {}
