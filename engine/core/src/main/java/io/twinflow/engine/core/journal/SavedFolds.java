package io.twinflow.engine.core.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Where the fold of one long run is kept as of an event, so that whoever takes the run up need not
 * read all that came before. It is never needed: it may be missing, old or damaged at any time, and
 * is not synced. What the bytes mean is not known here. Safe for many threads.
 */
public interface SavedFolds {

  /** Writes what is to be kept. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Keeps a fold instead of those of earlier events; all of it or, if something fails, nothing.
   *
   * @param sequence of the last event that is in it
   */
  void save(long sequence, Content content) throws IOException;

  /** The newest; empty if there is none. */
  Optional<InputStream> newest() throws IOException;

  /** Removes what is kept. */
  void forget() throws IOException;
}
