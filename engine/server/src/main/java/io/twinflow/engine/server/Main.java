package io.twinflow.engine.server;

import io.twinflow.engine.server.boot.ServeCommand;
import picocli.CommandLine;

/** {@code twinflow serve}, as the launcher starts it. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    int code = new CommandLine(new ServeCommand()).execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }
}
