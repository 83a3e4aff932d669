package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.Invocation;
import io.twinflow.engine.core.event.Event.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go. */
final class OutdirOption {

  @Option(
      names = "--outdir",
      paramLabel = "DIR",
      description =
          "Where output files go (default: the working folder; of a run that is taken up again:"
              + " where its results were asked for).")
  private @Nullable String outdir;

  /** Refuses a folder that cannot be written before any work is done for it. */
  Path writable(Invocation invocation) throws CliException {
    String chosen = outdir;
    return writable(chosen == null ? invocation.cwd() : invocation.resolve(chosen));
  }

  /**
   * The same for a run that is taken up again: where nothing else is said, its results go where
   * they were asked for first.
   */
  Path writable(Invocation invocation, RunOptions first) throws CliException {
    return outdir == null && first.outdir().isPresent()
        ? writable(first.outdir().get())
        : writable(invocation);
  }

  private static Path writable(Path folder) throws CliException {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".twinflow-", ""));
      return folder;
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILURE,
          folder
              + ": results cannot be written here ("
              + reason(e)
              + "); choose another folder with --outdir.",
          e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException denied -> "permission denied";
      case java.nio.file.FileAlreadyExistsException exists -> "a file of that name is there";
      default -> String.valueOf(e.getMessage());
    };
  }
}
