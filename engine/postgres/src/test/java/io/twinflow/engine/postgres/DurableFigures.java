package io.twinflow.engine.postgres;

import java.io.IOException;
import java.util.Locale;

/** What was measured, as {@code docs/figures/durable.md}. */
final class DurableFigures {

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

  void write(double linear) throws IOException {
    String text =
        """
        # What a durable step costs

        Made by `ThroughputIT` in its long form: engine and PostgreSQL 15 (fsync and synchronous_commit on) on the
        same processors, an executor that does nothing, no call cache.

        %s
        | what | tasks | wall | tasks/s | statements/task | commits/task | events/task | floor: the same rows (ratio) | floor: a row for each event (ratio) |
        |---|---|---|---|---|---|---|---|---|
        %s
        100,000 shards take %.2f times ten times the fastest 10,000. The floors are a bare JDBC loop that inserts as many
        rows of the same size, committing each hundred.
        """
            .formatted(FiguresFile.machine(), rows, linear);
    FiguresFile.write("durable.md", text);
  }
}
