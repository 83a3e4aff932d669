package io.twinflow.engine.core;

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
}
