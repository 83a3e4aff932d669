package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.EngineConfig;
import io.twinflow.engine.core.Engines;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.core.site.OpenSites;
import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.engine.core.task.ToolSettings;
import io.twinflow.executors.api.site.InvalidSiteException;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.local.LocalExecutor;
import io.twinflow.executors.local.LocalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the engine together from its parts, for one command, and takes it apart again. */
final class EngineRoom implements AutoCloseable {

  private final ConfiguredSites sites;
  private final Engine engine;

  private EngineRoom(ConfiguredSites sites, Engine engine) {
    this.sites = sites;
    this.engine = engine;
  }

  static EngineRoom open(Context context, Path home, SiteOptions site) throws CliException {
    return open(
        context,
        home,
        site.local(home.resolve("runs"), context.invocation().cwd()),
        site.config().read(context.invocation(), home));
  }

  /** For commands that look and run nothing. */
  static EngineRoom openToRead(Context context, Path home) throws CliException {
    return openToRead(context, home, SitesFile.EMPTY);
  }

  /** For commands that look at what lies at sites. */
  static EngineRoom openToRead(Context context, Path home, SitesFile configuration)
      throws CliException {
    if (!Files.isDirectory(home)) {
      throw CliException.failure(
          home + ": there are no runs here yet; start one with: twinflow run WORKFLOW");
    }
    return open(context, home, LocalOptions.in(home.resolve("runs")), configuration);
  }

  private static EngineRoom open(
      Context context, Path home, LocalOptions options, SitesFile configuration)
      throws CliException {
    ConfiguredSites sites = sites(home, options, configuration);
    try {
      return new EngineRoom(sites, Engines.open(config(context, home, sites)));
    } catch (IOException e) {
      sites.close();
      String said = String.valueOf(e.getMessage());
      throw new CliException(
          ExitCode.FAILURE, said.contains(home.toString()) ? said : home + ": " + said, e);
    }
  }

  /** This machine and what is configured beside it. */
  static ConfiguredSites sites(Path home, LocalOptions options, SitesFile configuration)
      throws CliException {
    LocalExecutor local = new LocalExecutor(options);
    try {
      return configuration.open(
          new OpenSites(local, new Surroundings(home.resolve("runs").toAbsolutePath()), true));
    } catch (InvalidSiteException e) {
      local.close();
      throw new CliException(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  private static EngineConfig config(Context context, Path home, ConfiguredSites sites) {
    ToolSettings usual = ToolSettings.ofThisProcess();
    String path = context.invocation().env("PATH").orElse(usual.path());
    return EngineConfig.standard(
            home, sites.first().executor(), new ToolSettings(path, usual.mpiLauncher()))
        .withSites(sites);
  }

  Engine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
    sites.close();
  }
}
