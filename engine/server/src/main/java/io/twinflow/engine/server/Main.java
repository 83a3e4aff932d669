package io.twinflow.engine.server;

import io.twinflow.engine.server.boot.ServeCommand;
import java.util.Arrays;
import picocli.CommandLine;

/** {@code twinflow serve}, as the launcher starts it. */
public final class Main {

  private static final String WORD = "serve";

  private Main() {}

  public static void main(String[] args) {
    String[] options =
        args.length > 0 && args[0].equals(WORD) ? Arrays.copyOfRange(args, 1, args.length) : args;
    int code =
        new CommandLine(new ServeCommand())
            .setCommandName("twinflow " + WORD)
            .setExecutionExceptionHandler((e, command, parsed) -> StartFailure.tell(e, command))
            .execute(options);
    if (code != 0) {
      System.exit(code);
    }
  }
}
