package io.twinflow.engine.core.journal;

import java.io.IOException;

/** Texts too large for an event, by their content. Part of a run's journal; never changed. */
public interface Blobs {

  /** Stores a text durably and returns the SHA-256 of its UTF-8 bytes; twice is once. */
  String put(String text) throws IOException;

  /**
   * @throws DamagedJournalException if it is missing or its content does not have that digest
   */
  String get(String sha256) throws IOException;
}
