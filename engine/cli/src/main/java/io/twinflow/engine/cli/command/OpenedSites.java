package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.core.EngineConfig;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.core.site.OpenSites;
import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.local.LocalExecutor;
import io.twinflow.executors.local.LocalOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** This machine and what is configured beside it, with what they exchange files through. */
record OpenedSites(ConfiguredSites sites, Optional<CommandExchange> exchange)
    implements AutoCloseable {

  static OpenedSites of(Path home, LocalOptions options, SitesFile configuration)
      throws CliException {
    Optional<CommandExchange> exchange = Optional.empty();
    LocalExecutor local = new LocalExecutor(options);
    try {
      if (configuration.exchange().isPresent()) {
        exchange =
            Optional.of(
                CommandExchange.open(
                    configuration.exchange().get(), home, EngineConfig.overHttp(home)));
      }
      Surroundings surroundings =
          new Surroundings(
              home.resolve("runs").toAbsolutePath(), exchange.map(CommandExchange::exchange));
      return new OpenedSites(
          configuration.open(new OpenSites(local, surroundings, true)), exchange);
    } catch (InvalidSettingException | IOException e) {
      local.close();
      exchange.ifPresent(CommandExchange::close);
      throw new CliException(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    sites.close();
    exchange.ifPresent(CommandExchange::close);
  }
}
