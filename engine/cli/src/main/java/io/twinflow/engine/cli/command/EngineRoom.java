package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.core.Engine;
import java.nio.file.Path;

/** Puts the engine together from its parts, for one command. */
final class EngineRoom {

  private EngineRoom() {}

  static Engine open(Context context, Path home, SiteOptions site) throws CliException {
    throw CliException.failure("no engine is built into this command yet");
  }

  static Engine openToRead(Context context, Path home) throws CliException {
    throw CliException.failure("no engine is built into this command yet");
  }
}
