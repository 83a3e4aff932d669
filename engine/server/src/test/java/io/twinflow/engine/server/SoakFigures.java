package io.twinflow.engine.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a soak showed, as {@code docs/figures/soak.md}. */
final class SoakFigures {

  private static final double MIB = 1 << 20;
  private static final int MOST_ROWS = 16;

  private SoakFigures() {}

  /** Without the first third, in which classes are loaded and caches fill. */
  static List<Vitals> settled(List<Vitals> vitals) {
    return vitals.subList(vitals.size() / 3, vitals.size());
  }

  /** KiB of heap more in each minute, by least squares. */
  static double heapSlope(List<Vitals> vitals) {
    List<Vitals> settled = settled(vitals);
    double time = settled.stream().mapToDouble(Vitals::minutes).average().orElse(0);
    double heap = settled.stream().mapToDouble(Vitals::heapKib).average().orElse(0);
    double above = 0;
    double below = 0;
    for (Vitals at : settled) {
      above += (at.minutes() - time) * (at.heapKib() - heap);
      below += (at.minutes() - time) * (at.minutes() - time);
    }
    return below == 0 ? 0 : above / below;
  }

  static void write(List<Vitals> vitals) throws IOException {
    int step = Math.max(1, vitals.size() / MOST_ROWS);
    String rows =
        vitals.stream()
            .filter(at -> vitals.indexOf(at) % step == 0 || at.equals(vitals.getLast()))
            .map(SoakFigures::row)
            .collect(Collectors.joining());
    String text =
        String.format(
            Locale.ROOT,
            """
            # A server under steady load

            Made by `SoakIT` in its long form: three clients submit, follow, read logs and results and now and then
            cancel, through REST, as fast as they are answered; PostgreSQL and the tools are on the same machine.

            - %s
            - %d processors, heap of at most 256 MiB

            | minute | runs so far | heap after a collection | threads | file handles | dead rows | hot tables | database | half-made files |
            |---|---|---|---|---|---|---|---|---|
            %s
            From the first third on the heap grows by %.1f KiB in a minute.
            """,
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            rows,
            heapSlope(vitals));
    String folder = System.getenv("TWINFLOW_FIGURES");
    if (folder != null) {
      Files.writeString(Path.of(folder).resolve("soak.md"), text);
    }
    System.getLogger(SoakFigures.class.getName()).log(Level.INFO, text);
  }

  private static String row(Vitals at) {
    return String.format(
        Locale.ROOT,
        "| %.0f | %,d | %.1f MiB | %d | %d | %,d | %.2f MiB | %.1f MiB | %d |%n",
        at.minutes(),
        at.runs(),
        at.heapKib() / 1024.0,
        at.threads(),
        at.handles(),
        at.deadRows(),
        at.hotBytes() / MIB,
        at.databaseBytes() / MIB,
        at.parts());
  }
}
