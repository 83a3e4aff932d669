package io.twinflow.engine.server.runs;

import java.util.stream.Collectors;

/** What people who use a server are told of failures: all of it but where things lie there. */
public final class PublicText {

  private static final String WHEREABOUTS = "logs and folder: ";

  private PublicText() {}

  public static String of(String message) {
    return message
        .lines()
        .filter(line -> !line.strip().startsWith(WHEREABOUTS))
        .collect(Collectors.joining("\n"));
  }
}
