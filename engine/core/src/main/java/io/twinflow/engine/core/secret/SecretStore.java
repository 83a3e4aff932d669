package io.twinflow.engine.core.secret;

import io.twinflow.engine.core.RunId;
import java.io.IOException;

/**
 * Keeps what the handles of a run stand for. The engine saves a run's secrets once, before the
 * run's first event, and loads them whenever it carries the run on or continues it by another. They
 * go when the run is deleted. Safe for many threads and engines.
 */
public interface SecretStore {

  /**
   * Whole or not at all, also after a crash.
   *
   * @throws IOException if the run has secrets already
   */
  void save(RunId run, Secrets secrets) throws IOException;

  /**
   * {@link Secrets#NONE} if the run has none.
   *
   * @throws SecretsUnreadableException if they cannot be opened: another key, or a changed file
   */
  Secrets load(RunId run) throws IOException;
}
