package io.twinflow.executors.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs programs for tests. */
final class Shell {

  private Shell() {}

  static boolean works(String... command) {
    try {
      run(command);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Both streams of a program that must succeed. */
  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            "%s ended with %d: %s".formatted(String.join(" ", command), code, text));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return text.strip();
  }
}
