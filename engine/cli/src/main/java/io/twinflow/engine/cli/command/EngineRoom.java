package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.EngineConfig;
import io.twinflow.engine.core.Engines;
import io.twinflow.engine.core.task.ToolSettings;
import io.twinflow.executors.local.LocalExecutor;
import io.twinflow.executors.local.LocalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the engine together from its parts, for one command, and takes it apart again. */
final class EngineRoom implements AutoCloseable {

  private final LocalExecutor executor;
  private final Engine engine;

  private EngineRoom(LocalExecutor executor, Engine engine) {
    this.executor = executor;
    this.engine = engine;
  }

  static EngineRoom open(Context context, Path home, SiteOptions site) throws CliException {
    return open(context, home, site.local(home.resolve("runs"), context.invocation().cwd()));
  }

  /** For commands that look and run nothing. */
  static EngineRoom openToRead(Context context, Path home) throws CliException {
    if (!Files.isDirectory(home)) {
      throw CliException.failure(
          home + ": there are no runs here yet; start one with: twinflow run WORKFLOW");
    }
    return open(context, home, LocalOptions.in(home.resolve("runs")));
  }

  private static EngineRoom open(Context context, Path home, LocalOptions options)
      throws CliException {
    LocalExecutor executor = new LocalExecutor(options);
    try {
      return new EngineRoom(executor, Engines.open(config(context, home, executor)));
    } catch (IOException e) {
      executor.close();
      String said = String.valueOf(e.getMessage());
      throw new CliException(
          ExitCode.FAILURE, said.contains(home.toString()) ? said : home + ": " + said, e);
    }
  }

  private static EngineConfig config(Context context, Path home, LocalExecutor executor) {
    ToolSettings usual = ToolSettings.ofThisProcess();
    String path = context.invocation().env("PATH").orElse(usual.path());
    return EngineConfig.standard(home, executor, new ToolSettings(path, usual.mpiLauncher()));
  }

  Engine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
    executor.close();
  }
}
