package io.twinflow.engine.core;

/** What an engine keeps: runs with all that belongs to them, and the call cache. */
public interface Storage {

  /** Whether some engine, this or another, executes the run now. */
  boolean isHeld(RunId run) throws FailureException;

  /** Where a person finds what is kept of a run. */
  String whereabouts(RunId run);

  /** All that is kept of a run, in bytes. */
  long size(RunId run) throws FailureException;

  /**
   * Removes a run: journal, logs, working folders. Results that were handed over stay.
   *
   * @throws FailureException of kind USER if an engine executes it, or a run that has not ended
   *     continues it, took finished calls from it or uses its files
   */
  void delete(RunId run) throws FailureException;

  /** The call cache's own records, in bytes; the outputs they name lie in the runs. */
  long cacheSize() throws FailureException;

  /** Forgets all finished calls. */
  void clearCache() throws FailureException;
}
