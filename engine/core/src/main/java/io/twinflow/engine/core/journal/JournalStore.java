package io.twinflow.engine.core.journal;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** All journals of an installation. Safe for many threads. */
public interface JournalStore {

  /**
   * Makes an empty journal and opens it.
   *
   * @throws IOException if there is one already
   */
  Journal create(RunId run, String instance) throws IOException;

  /**
   * The same for a subject and with a priority, which decide when its turn comes where many share
   * the store.
   *
   * @throws QueueFullException if as many runs wait as may
   */
  default Journal create(RunId run, String instance, String subject, int priority)
      throws IOException {
    return create(run, instance);
  }

  /**
   * Takes ownership of a run, cutting off an append that a crash tore.
   *
   * @param instance says who owns it: host, process id, start
   * @throws OwnedElsewhereException if a living engine has it; the message names it
   * @throws DamagedJournalException if something before the end cannot be read
   */
  Journal open(RunId run, String instance) throws IOException;

  /** Reads without owning, up to the last complete append; also while an owner writes. */
  void read(RunId run, long after, Consumer<Envelope> reader) throws IOException;

  /**
   * Reads the first append and, if it is whole, the last: what a list of runs needs, in a time that
   * does not follow the length. What lies between is not looked at.
   */
  void readEnds(RunId run, Consumer<Envelope> reader) throws IOException;

  boolean exists(RunId run);

  /** Whether a living engine owns the run. */
  boolean isHeld(RunId run) throws IOException;

  /** All that is kept of a run, in bytes. */
  long size(RunId run) throws IOException;

  /**
   * Removes a run with all that is kept of it. Broken off half-way it can be called again.
   *
   * @throws OwnedElsewhereException if a living engine has it
   */
  void delete(RunId run, String instance) throws IOException;

  /** Newest first. */
  List<RunId> runs() throws IOException;

  Blobs blobs(RunId run);

  /** Where the fold of a long run is kept; removed with the run. */
  SavedFolds folds(RunId run);
}
