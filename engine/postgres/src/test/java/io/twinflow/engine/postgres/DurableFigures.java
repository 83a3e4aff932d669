package io.twinflow.engine.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** What was measured, as {@code docs/figures/durable.md}. */
final class DurableFigures {

  private static final long MIB = 1 << 20;

  private final StringBuilder rows = new StringBuilder();

  void row(
      String what,
      int tasks,
      double seconds,
      long statements,
      long commits,
      long appends,
      long events,
      double floor,
      double apart) {
    rows.append(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %.2f s | %,.0f | %.3f | %.3f | %.2f | %,d; %.2f s (%.1f) | %,d; %.2f s (%.1f) |%n",
            what,
            tasks,
            seconds,
            tasks / seconds,
            (double) statements / tasks,
            (double) commits / tasks,
            (double) events / tasks,
            appends,
            floor,
            seconds / floor,
            events,
            apart,
            seconds / apart));
  }

  /** Into the folder that the environment names, and into the log. */
  void write(double linear) throws IOException {
    String text =
        """
        # What a durable step costs

        Made by `ThroughputIT` in its long form: engine and PostgreSQL 15 (fsync and synchronous_commit on) on the
        same processors, an executor that does nothing, no call cache.

        - commit %s, %s
        - machine: %d × %s; load at the end %.1f; heap of at most %d MiB

        | what | tasks | wall | tasks/s | statements/task | commits/task | events/task | floor: the same rows (ratio) | floor: a row for each event (ratio) |
        |---|---|---|---|---|---|---|---|---|
        %s
        100,000 shards take %.2f times ten times the fastest 10,000. The floors are a bare JDBC loop that inserts as many
        rows of the same size, committing each hundred.
        """
            .formatted(
                commit(),
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                    .getSystemLoadAverage(),
                Runtime.getRuntime().maxMemory() / MIB,
                rows,
                linear);
    String folder = System.getenv("TWINFLOW_FIGURES");
    if (folder != null) {
      Files.writeString(Path.of(folder).resolve("durable.md"), text);
    }
    System.getLogger(DurableFigures.class.getName()).log(Level.INFO, text);
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
