package io.twinflow.executors.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes of this machine that belong to attempts of a run. */
final class Marked {

  private Marked() {}

  static List<String> processes(String installation, String run) throws IOException {
    String marker = "TWINFLOW_ATTEMPT=tf-" + installation + "-" + run + "-";
    List<String> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : entries) {
        String environment = read(process.resolve("environ"));
        if (environment.contains(marker)) {
          found.add(process.getFileName() + " " + read(process.resolve("cmdline")));
        }
      }
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It ended while it was looked at, which is what the caller hopes for.
      return "";
    }
  }
}
