package io.twinflow.engine.server;

import io.twinflow.engine.server.boot.ServeCommand;
import io.twinflow.executors.api.settings.InvalidSettingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine;

/** Says why a server does not start: a person who forgot another one needs no stack trace. */
final class StartFailure {

  private StartFailure() {}

  static int tell(Exception e, CommandLine command) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException taken) {
        return say(
            command,
            "port %d is taken: give another one with --port, or 0 for any free one"
                .formatted(taken.getPort()));
      }
      if (cause instanceof FileSystemException at) {
        return say(command, "%s: %s".formatted(at.getFile(), reason(at)));
      }
      if (cause instanceof IOException || cause instanceof InvalidSettingException) {
        return say(command, String.valueOf(cause.getMessage()));
      }
    }
    return say(command, unexpected(e, command));
  }

  /** The help of a server is longer than a screen, and what is wrong would stand above it. */
  static int wrongUsage(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    say(command, String.valueOf(e.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("Try '%s --help'.".formatted(command.getCommandName()));
    return CommandLine.ExitCode.USAGE;
  }

  private static String reason(FileSystemException at) {
    return switch (at) {
      case AccessDeniedException _ -> "this user may not read or write it";
      case FileAlreadyExistsException _ -> "a file is where a folder is needed";
      case NoSuchFileException _ -> "there is no such file or folder";
      default -> at.getReason() == null ? at.getClass().getSimpleName() : at.getReason();
    };
  }

  /** What happened goes into a file: a stack trace tells nothing to who only wanted a server. */
  private static String unexpected(Exception e, CommandLine command) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String what = "it cannot start (%s)".formatted(root);
    try {
      return "%s; details are in %s".formatted(what, written(e, folder(command)));
    } catch (IOException unwritten) {
      return "%s; details could not be written: %s".formatted(what, unwritten.getMessage());
    }
  }

  private static Path folder(CommandLine command) {
    return command.getCommand() instanceof ServeCommand serve
        ? serve.data()
        : Path.of("").toAbsolutePath();
  }

  private static Path written(Exception e, Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve("start-failure.log");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.println(Instant.now());
      e.printStackTrace(out);
    }
    return file;
  }

  private static int say(CommandLine command, String message) {
    command.getErr().println(command.getCommandName() + ": " + message);
    return 1;
  }
}
