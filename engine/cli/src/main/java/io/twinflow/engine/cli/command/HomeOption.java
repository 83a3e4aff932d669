package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where runs are kept. */
final class HomeOption {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "Where runs, logs and the cache are kept (default: $TWINFLOW_HOME or ~/.twinflow).")
  private @Nullable String home;

  /** The folder, made if need be, and surely writable. */
  Path writable(Invocation invocation) throws CliException {
    Path folder = path(invocation);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw CliException.failure(
          folder
              + ": cannot write here, and this is where runs are kept; set TWINFLOW_HOME or --home to"
              + " a folder of yours.");
    }
    return folder;
  }

  Path path(Invocation invocation) {
    String chosen = home;
    if (chosen != null) {
      return invocation.resolve(chosen);
    }
    return invocation
        .env("TWINFLOW_HOME")
        .map(invocation::resolve)
        .orElseGet(() ->
            invocation
                .resolve(invocation.env("HOME").orElse(System.getProperty("user.home")))
                .resolve(".twinflow"));
  }

  private static CliException unusable(Path folder, IOException cause) {
    return new CliException(
        io.twinflow.engine.cli.ExitCode.FAILURE,
        folder
            + ": cannot be made ("
            + cause.getMessage()
            + "), and this is where runs are kept; set TWINFLOW_HOME or --home to a folder of yours.",
        cause);
  }
}
