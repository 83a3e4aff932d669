package io.twinflow.engine.server.seen.trace;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The runs whose traces are to be sent. */
@Component
final class TraceRows {

  private static final int MOST_TRIES = 20;

  private final JdbcClient database;

  TraceRows(DataSource database) {
    this.database = JdbcClient.create(database);
  }

  /** An ended run, which is this server's to send until it is due again. */
  record Due(RunId run, Instant received, Optional<TraceParent> parent) {}

  void add(RunId run, Instant received, Optional<TraceParent> parent) {
    database
        .sql(
            "INSERT INTO trace (run, tenant, parent, received) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .param(run.value())
        .param(Envelope.ONLY_TENANT)
        .param(parent.map(TraceParent::header).orElse(null))
        .param(Timestamp.from(received))
        .update();
  }

  /** Takes some for a while: other servers do not send them in the meantime. */
  List<Due> take(int most, Duration again) {
    return database
        .sql(
            """
            UPDATE trace SET tries = tries + 1, due = now() + make_interval(secs => ?)
            WHERE run IN (
              SELECT t.run FROM trace t JOIN run r ON r.id = t.run
              WHERE t.due <= now() AND r.ended IS NOT NULL ORDER BY t.due LIMIT ?
              FOR UPDATE OF t SKIP LOCKED)
            RETURNING run, received, parent
            """)
        .params(again.toMillis() / 1e3, most)
        .query((row, number) ->
            new Due(
                new RunId(row.getString(1)),
                row.getTimestamp(2).toInstant(),
                TraceParent.of(row.getString(3))))
        .list();
  }

  void sent(RunId run) {
    database.sql("DELETE FROM trace WHERE run = ?").param(run.value()).update();
  }

  /** Those that no collector took for long. */
  int giveUp() {
    return database.sql("DELETE FROM trace WHERE tries > ?").param(MOST_TRIES).update();
  }
}
