package io.twinflow.engine.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Figures that a long test writes, and where and when they were taken. */
public final class FiguresFile {

  private static final long MIB = 1 << 20;

  private FiguresFile() {}

  /** Into the folder that the environment names, and into the log. */
  public static void write(String name, String text) throws IOException {
    String folder = System.getenv("TWINFLOW_FIGURES");
    if (folder != null) {
      Files.writeString(Path.of(folder).resolve(name), text);
    }
    System.getLogger(FiguresFile.class.getName()).log(Level.INFO, text);
  }

  /** As lines of a list. */
  public static String machine() throws IOException {
    return String.format(
        Locale.ROOT,
        """
        - commit %s, %s
        - machine: %d × %s; load at the end %.1f; heap of at most %d MiB
        """,
        commit(),
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        processor(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().maxMemory() / MIB);
  }

  private static String commit() throws IOException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12").start();
    String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return text.isBlank() ? "unknown" : text.strip();
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown")
        : System.getProperty("os.arch");
  }
}
