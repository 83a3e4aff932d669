package io.twinflow.executors.slurm;

import java.util.Optional;

/** What jobs, and the daemons of their nodes, said on standard error. */
interface JobErrors {

  /** The last line or where it is, ready to be appended to a message; empty if there is none. */
  String quoted(Followed followed);

  /** How a job ended, as its node said when it ended it; empty if that is not known. */
  Optional<JobEnd> end(Followed followed);

  /**
   * Whether the node ended the job because it had too much memory: where nodes look themselves
   * (OverMemoryKill of slurm.conf), the state does not say so.
   */
  boolean tellsOfMemory(Followed followed);
}
