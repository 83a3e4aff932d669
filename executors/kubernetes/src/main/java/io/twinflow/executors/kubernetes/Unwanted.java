package io.twinflow.executors.kubernetes;

/** Is told what nobody waits for any more, and may still run or make a pod. */
interface Unwanted {

  void job(String name);

  /** One of a Job of which others go on. */
  void pod(String name);
}
