package io.twinflow.executors.api;

/** Why something failed. Each kind has a retry budget of its own (DESIGN.md, rule 7). */
public enum FailureKind {
  /** A definition or an input is wrong; trying again cannot help. */
  USER,
  /** The tool ran and failed. */
  TASK,
  /** Memory, time or disk ran out, or more was asked for than the site has. */
  RESOURCES,
  /** A node was lost, a pod evicted, the network or the engine itself went away. */
  INFRASTRUCTURE,
  /** Somebody asked for it. */
  CANCELLED,
  /** A defect of Twinflow. */
  INTERNAL
}
