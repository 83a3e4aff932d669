package io.twinflow.engine.server.ogc;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.engine.server.security.Caller;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who waits to be told about jobs. They are kept in the database, so no crash forgets them. */
@Component
class Callbacks {

  /**
   * Something to be told now.
   *
   * @param event {@code successUri}, {@code inProgressUri} or {@code failedUri}
   * @param tries how often it was tried before
   */
  record Due(
      long id,
      String tenant,
      String subject,
      String run,
      String event,
      URI uri,
      String base,
      int tries) {}

  private final JdbcClient database;
  private final OutgoingUrls outgoing;

  Callbacks(DataSource database, OutgoingUrls outgoing) {
    this.database = JdbcClient.create(database);
    this.outgoing = outgoing;
  }

  /** Refuses what could never be called. */
  void check(ExecuteRequest.Subscriber subscriber) {
    for (Map.Entry<String, String> entry : subscriber.uris().entrySet()) {
      try {
        outgoing.check(new URI(entry.getValue()));
      } catch (java.net.URISyntaxException | IOException e) {
        throw OgcErrors.invalid("subscriber: %s: %s".formatted(entry.getKey(), e.getMessage()));
      }
    }
  }

  void add(Caller caller, RunId run, ExecuteRequest.Subscriber subscriber) {
    subscriber
        .uris()
        .forEach((event, uri) ->
            database
                .sql(
                    """
                    INSERT INTO callback (tenant, run, event, uri) VALUES (?, ?, ?, ?)
                    """)
                .params(caller.tenant(), run.value(), event, uri)
                .update());
  }

  /**
   * Takes what is due for a while: if this server dies before it told, another will. What can never
   * come true any more is forgotten.
   */
  List<Due> take(int most) {
    database
        .sql(
            """
            DELETE FROM callback c USING run r WHERE r.id = c.run AND r.ended IS NOT NULL
              AND c.event <> CASE r.state WHEN 'SUCCEEDED' THEN 'successUri' ELSE 'failedUri' END
              AND (c.event <> 'inProgressUri' OR c.tries > 0)
            """)
        .update();
    return database
        .sql(
            """
            UPDATE callback c SET tries = c.tries + 1,
                due = now() + interval '10 seconds' * power(2, least(c.tries, 8))
            FROM run r JOIN job j ON j.run = r.id WHERE r.id = c.run AND c.id IN (
              SELECT w.id FROM callback w JOIN run q ON q.id = w.run
              WHERE w.due <= now() AND CASE w.event
                WHEN 'inProgressUri' THEN q.epoch > 0
                WHEN 'successUri' THEN q.state = 'SUCCEEDED'
                ELSE q.state IN ('FAILED', 'CANCELLED') END
              ORDER BY w.id LIMIT ? FOR UPDATE OF w SKIP LOCKED)
            RETURNING c.id, c.tenant, r.subject, c.run, c.event, c.uri,
                j.request ->> 'base', c.tries
            """)
        .param(most)
        .query((row, number) ->
            new Due(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                URI.create(row.getString(6)),
                row.getString(7),
                row.getInt(8)))
        .list();
  }

  void forget(Due told) {
    database.sql("DELETE FROM callback WHERE id = ?").param(told.id()).update();
  }

  void note(Due due, String problem) {
    database.sql("UPDATE callback SET problem = ? WHERE id = ?").params(problem, due.id()).update();
  }
}
