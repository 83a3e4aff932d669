package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.Invocation;
import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.executors.api.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the sites beside this machine are written down. */
final class ConfigOption {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The sites beside this machine (default: $$TWINFLOW_CONFIG, or twinflow.yaml in the folder of"
              + " runs).")
  private @Nullable String config;

  /** The file that is read, whether or not it exists. */
  Path file(Invocation invocation, Path home) {
    return named(invocation).orElseGet(() -> home.resolve(SitesFile.FILE));
  }

  private Optional<Path> named(Invocation invocation) {
    return Optional.ofNullable(config)
        .or(() -> invocation.env("TWINFLOW_CONFIG"))
        .map(invocation::resolve);
  }

  /** Empty if there is no file and nobody named one. */
  SitesFile read(Invocation invocation, Path home) throws CliException {
    Path file = file(invocation, home);
    if (named(invocation).isEmpty() && !Files.exists(file)) {
      return SitesFile.EMPTY;
    }
    try {
      return SitesFile.read(file);
    } catch (InvalidSettingException e) {
      throw new CliException(
          io.twinflow.engine.cli.ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CliException(
          io.twinflow.engine.cli.ExitCode.FAILURE,
          "%s: the configuration cannot be read: %s".formatted(file, e),
          e);
    }
  }
}
