package io.twinflow.executors.slurm;

import org.jspecify.annotations.Nullable;

/**
 * One job, or an array of them; kept as JSON until it is submitted, in no version's words.
 *
 * @param name of the batch; the comment says the part too
 * @param script the same for all tasks
 * @param folder where it starts
 * @param errors where its standard error goes; {@code %s} stands for what Slurm calls the job
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
    String errors,
    int first,
    int tasks,
    int processes,
    int cores,
    long memoryMiB,
    int gpus,
    @Nullable Integer minutes) {

  /** The same in the words with which Slurm names files (sbatch(1), filename pattern). */
  String errorsAtSlurm() {
    return errors.replace("%s", tasks > 1 ? "%A_%a" : "%j");
  }

  Submission withScript(String other) {
    return new Submission(
        name, comment, other, folder, errors, first, tasks, processes, cores, memoryMiB, gpus,
        minutes);
  }

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
        name,
        itsComment,
        script,
        folder,
        errors,
        from,
        count,
        processes,
        cores,
        memoryMiB,
        gpus,
        minutes);
  }
}
