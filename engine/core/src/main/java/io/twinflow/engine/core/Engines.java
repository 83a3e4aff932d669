package io.twinflow.engine.core;

import io.twinflow.engine.core.journal.JournalStore;
import java.io.IOException;

/** Makes engines. */
public final class Engines {

  private Engines() {}

  /**
   * @throws IOException if the home cannot be used, or a newer Twinflow made it
   */
  public static Engine open(EngineConfig config) throws IOException {
    return new StandardEngine(config, Home.open(config.home(), config.clock()));
  }

  /**
   * The same with journals elsewhere than in the home; working folders, logs, secrets and the call
   * cache stay in it.
   *
   * @throws IOException if the home cannot be used, or a newer Twinflow made it
   */
  public static Engine open(EngineConfig config, JournalStore journals) throws IOException {
    return new StandardEngine(config, Home.open(config.home(), config.clock()), journals);
  }
}
