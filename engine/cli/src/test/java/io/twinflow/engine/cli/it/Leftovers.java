package io.twinflow.engine.cli.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks for what should be gone. */
final class Leftovers {

  private Leftovers() {}

  /** Living processes whose command line or working folder mentions the folder. */
  static List<String> processes(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    long self = ProcessHandle.current().pid();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path process : all.filter(p -> p.getFileName().toString().matches("[0-9]+")).toList()) {
        if (process.getFileName().toString().equals(String.valueOf(self))) {
          continue;
        }
        String command = read(process.resolve("cmdline"));
        if (command.contains(folder.toString()) || cwd(process).startsWith(folder.toString())) {
          if (!read(process.resolve("stat")).matches("(?s).*\\) Z .*")) {
            found.add(process.getFileName() + " " + command.replace('\0', ' '));
          }
        }
      }
    }
    return found;
  }

  private static String cwd(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** Containers of an installation, running or not. */
  static List<String> containers(Path home) throws IOException {
    String installation = Files.readString(home.resolve("installation")).strip();
    Process docker =
        new ProcessBuilder(
                "docker", "ps", "-aq", "--filter", "label=io.twinflow.installation=" + installation)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(
            docker.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
        .lines()
        .toList();
  }

  static int openFiles() throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      return (int) handles.count();
    }
  }

  static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !path.equals(folder)).sorted().toList();
    }
  }
}
