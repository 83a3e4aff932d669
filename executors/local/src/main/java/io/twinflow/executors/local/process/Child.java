package io.twinflow.executors.local.process;

/** A process that was started here and has not been waited for. */
public interface Child {

  long pid();

  /** Waits until it has ended; to be called once, by one thread. */
  Ending await();
}
