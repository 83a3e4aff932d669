package io.twinflow.executors.slurm;

import io.twinflow.executors.api.ResourceRequest;

/** What the scripts of jobs say alike. */
final class JobWords {

  /** As Slurm names the job or the task of an array. */
  static final String SITE_ID =
      "\"${SLURM_ARRAY_JOB_ID:-$SLURM_JOB_ID}${SLURM_ARRAY_TASK_ID:+_$SLURM_ARRAY_TASK_ID}\"";

  private JobWords() {}

  /** Whether only Slurm can tell the tool what an MPI or a library for GPUs asks for. */
  static boolean asksForMore(ResourceRequest asked) {
    return asked.gpus() > 0 || asked.processes() > 1;
  }

  /** Puts it down in the attempt's folder. */
  static String surroundings(String folder) {
    return """
    export -p | grep -E ' (SLURM|CUDA|ROCR|GPU|ZE)_[A-Z_]*=' >"%s/surroundings"
    """
        .formatted(folder);
  }
}
