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
   * Takes ownership of a run, cutting off an append that a crash tore.
   *
   * @param instance says who owns it: host, process id, start
   * @throws OwnedElsewhereException if a living engine has it; the message names it
   * @throws DamagedJournalException if something before the end cannot be read
   */
  Journal open(RunId run, String instance) throws IOException;

  /** Reads without owning, up to the last complete append; also while an owner writes. */
  void read(RunId run, long after, Consumer<Envelope> reader) throws IOException;

  boolean exists(RunId run);

  /** Newest first. */
  List<RunId> runs() throws IOException;

  Blobs blobs(RunId run);
}
