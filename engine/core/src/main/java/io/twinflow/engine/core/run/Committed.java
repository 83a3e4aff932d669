package io.twinflow.engine.core.run;

import io.twinflow.engine.core.fold.RunFold;

/** Told, on a run's thread, when all that the run has decided so far is in the journal. */
@FunctionalInterface
public interface Committed {

  /**
   * @param fold of the journal as it is
   * @param written bytes of events that were appended since the run was taken up
   */
  void at(RunFold fold, long written);
}
