package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a trial has left in the database, looked at past all that could hide something. */
record TrialRows(Installation installation) {

  static long count(Installation installation, String query) throws IOException {
    return new Sql(installation.database()).list(query, row -> row.getLong(1)).getFirst();
  }

  private List<Integer> numbers(String query, Object... parameters) throws IOException {
    return new Sql(installation.database()).list(query, row -> row.getInt(1), parameters);
  }

  private void none(String what, String query) throws IOException {
    assertThat(count(installation, query)).as(what).isZero();
  }

  /** Each number is one event, of which one firing came, which made one run, which went well. */
  void check(Feed feed, int count) throws IOException {
    List<Integer> runs =
        numbers(
            """
            SELECT (SELECT max(substring(convert_from(lines, 'UTF8') FROM 'same\\\\*": ?([0-9]+)')::int)
                    FROM journal WHERE journal.run = firing.run)
            FROM firing JOIN run ON run.id = firing.run AND run.state = 'SUCCEEDED'
            WHERE firing.trigger = ?
            """,
            feed.name());
    assertThat(runs.stream().sorted().toList())
        .as(feed.name() + ": the number of each run")
        .isEqualTo(IntStream.range(0, count).boxed().toList());
    if (feed.keepsOrder()) {
      assertThat(
              numbers(
                  "SELECT event_id::int FROM event WHERE source = ? ORDER BY id",
                  "/trial/" + feed.name()))
          .as(feed.name() + ": in the order in which they were sent")
          .isSorted();
    }
  }

  void checkAll(int events) throws IOException {
    assertThat(defects()).as("answers that call themselves a defect").isEmpty();
    assertThat(count(installation, "SELECT count(*) FROM event")).isEqualTo(events);
    assertThat(count(installation, "SELECT count(*) FROM firing")).isEqualTo(events);
    assertThat(count(installation, "SELECT count(DISTINCT run) FROM firing")).isEqualTo(events);
    assertThat(count(installation, "SELECT count(*) FROM run")).isEqualTo(events);
    none("runs that did not go well", "SELECT count(*) FROM run WHERE state <> 'SUCCEEDED'");
    none("firings that are not done", "SELECT count(*) FROM firing WHERE state <> 'done'");
    none(
        "events with another number of firings than one",
        "SELECT count(*) FROM event WHERE (SELECT count(*) FROM firing_event WHERE event = event.id) <> 1");
  }

  /** That the database or a broker is away is nobody's defect. */
  private List<String> defects() throws IOException {
    try (Stream<String> lines = Files.lines(installation.log())) {
      return lines.filter(line -> line.contains(" ERROR ") && line.contains("Problems")).toList();
    }
  }
}
