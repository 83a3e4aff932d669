package io.twinflow.engine.server;

import java.io.IOException;
import java.nio.file.FileSystemException;
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
        return say(
            command,
            "%s: %s"
                .formatted(
                    at.getFile(),
                    at.getReason() == null ? at.getClass().getSimpleName() : at.getReason()));
      }
      if (cause instanceof IOException) {
        return say(command, String.valueOf(cause.getMessage()));
      }
    }
    e.printStackTrace(command.getErr());
    return 1;
  }

  private static int say(CommandLine command, String message) {
    command.getErr().println(command.getCommandName() + ": " + message);
    return 1;
  }
}
