package io.twinflow.executors.slurm;

import org.jspecify.annotations.Nullable;

/**
 * One job, or an array of them; kept as JSON until it is submitted, in no version's words.
 *
 * @param name of the batch; the comment says the part too
 * @param script the same for all parts; it reads {@link #FIRST}
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
    @Nullable Integer minutes) {

  /** The variable that tells the script which line of the batch is its first, from 1 on. */
  static final String FIRST = "TWINFLOW_FIRST";

  /** The first half of an array. */
  Submission half() {
    return with(comment, first, tasks / 2);
  }

  /** What {@link #half} leaves, as a part of its own. */
  Submission rest(String itsComment) {
    return with(itsComment, first + tasks / 2, tasks - tasks / 2);
  }

  private Submission with(String itsComment, int from, int count) {
    return new Submission(
        name, itsComment, script, folder, from, count, processes, cores, memoryMiB, gpus, minutes);
  }
}
