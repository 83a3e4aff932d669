package io.twinflow.executors.kubernetes;

/** What the watches know. */
interface Known {

  /** Whether all is told of as it happens. */
  boolean hears();

  boolean hasJob(String name);
}
