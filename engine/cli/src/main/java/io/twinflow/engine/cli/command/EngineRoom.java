package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.EngineConfig;
import io.twinflow.engine.core.Engines;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.engine.core.task.ToolSettings;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.local.LocalOptions;
import io.twinflow.workflowdefs.expression.Evaluators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Puts the engine together from its parts, for one command, and takes it apart again. */
final class EngineRoom implements AutoCloseable {

  private final OpenedSites sites;
  private final Engine engine;
  private final Optional<AnswerSites> answers;

  private EngineRoom(OpenedSites sites, Engine engine, Optional<AnswerSites> answers) {
    this.sites = sites;
    this.engine = engine;
    this.answers = answers;
  }

  static EngineRoom open(Context context, Path home, SiteOptions site) throws CliException {
    return open(
        context,
        home,
        site.local(home.resolve("runs"), context.invocation().cwd()),
        site.config().read(context.invocation(), home),
        true);
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
    return open(context, home, LocalOptions.in(home.resolve("runs")), configuration, false);
  }

  private static EngineRoom open(
      Context context, Path home, LocalOptions options, SitesFile configuration, boolean runs)
      throws CliException {
    OpenedSites sites = OpenedSites.of(home, options, configuration);
    try {
      Engine engine = Engines.open(config(context, home, sites));
      try {
        return new EngineRoom(
            sites, engine, runs ? answers(configuration, sites, home) : Optional.empty());
      } catch (IOException | InvalidSettingException | RuntimeException e) {
        engine.close();
        throw e;
      }
    } catch (IOException e) {
      sites.close();
      String said = String.valueOf(e.getMessage());
      throw new CliException(
          ExitCode.FAILURE, said.contains(home.toString()) ? said : home + ": " + said, e);
    } catch (InvalidSettingException e) {
      sites.close();
      throw new CliException(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  private static Optional<AnswerSites> answers(
      SitesFile configuration, OpenedSites sites, Path home)
      throws IOException, InvalidSettingException {
    if (configuration.exchange().isEmpty() || sites.exchange().isEmpty()) {
      return Optional.empty();
    }
    CommandExchange exchange = sites.exchange().get();
    exchange.check();
    return Optional.of(AnswerSites.at(configuration.exchange().get(), exchange, home));
  }

  private static EngineConfig config(Context context, Path home, OpenedSites sites) {
    ToolSettings usual = ToolSettings.ofThisProcess();
    String path = context.invocation().env("PATH").orElse(usual.path());
    ToolSettings tools = new ToolSettings(path, usual.mpiLauncher());
    Executor first = sites.sites().first().executor();
    EngineConfig config =
        sites
            .exchange()
            .map(exchange ->
                EngineConfig.standard(
                    home,
                    first,
                    tools,
                    Evaluators.standard(),
                    exchange.artifacts(),
                    exchange.remote()))
            .orElseGet(() -> EngineConfig.standard(home, first, tools));
    return config.withSites(sites.sites());
  }

  /** Deletes what sites have put into the store for a run that is gone. */
  void forget(RunId run) throws IOException {
    if (sites.exchange().isPresent()) {
      sites.exchange().get().forget(run);
    }
  }

  /** Deletes copies of inputs that no site needs any more. */
  void sweep() throws IOException {
    if (sites.exchange().isPresent()) {
      sites.exchange().get().sweep();
    }
  }

  /** What fetches outputs that sites have put into the store. */
  RemoteInputs remote() {
    return sites.exchange().map(CommandExchange::remote).orElse(RemoteInputs.NONE);
  }

  Engine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
    answers.ifPresent(AnswerSites::close);
    sites.close();
  }
}
