package io.twinflow.engine.server.notifications;

import io.twinflow.engine.server.tell.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is to be told now, which several servers may look for at once. */
@Component
final class Outbox {

  /**
   * Something to be told.
   *
   * @param subject who wants it to be told
   * @param ready when that came true which no state of the run tells
   * @param tries how often it was tried before
   */
  record Due(
      String notification,
      ToldState state,
      String tenant,
      String run,
      String subject,
      Target target,
      Instant ready,
      int tries) {

    /** By which it is known when it comes again. */
    String key() {
      return notification + "." + state.text();
    }
  }

  private final JdbcClient database;

  Outbox(DataSource database) {
    this.database = JdbcClient.create(database);
  }

  /** Takes what has come true, for a while: if this server dies before it told, another will. */
  List<Due> take(int most) {
    return database
        .sql(
            """
            UPDATE notice o SET tries = o.tries + 1, due = now() + make_interval(secs => :held)
            FROM notification n WHERE n.id = o.notification AND (o.notification, o.state) IN (
              SELECT w.notification, w.state FROM notice w
              JOIN notification m ON m.id = w.notification JOIN run r ON r.id = m.run
              WHERE w.told IS NULL AND w.given_up IS NULL AND w.due <= now()
                AND r.deleting IS NULL AND CASE w.state WHEN 'RUNNING' THEN r.epoch > 0
                  WHEN 'OVERDUE' THEN w.ready IS NOT NULL
                  ELSE w.state = r.state AND r.ended IS NOT NULL END
              ORDER BY w.due LIMIT :most FOR UPDATE OF w SKIP LOCKED)
            RETURNING o.notification, o.state, o.tenant, n.run, n.subject,
              n.url, n.secret, n.mail, o.tries, coalesce(o.ready, now()) AS ready
            """)
        .param("held", Tries.WITHIN.toSeconds())
        .param("most", most)
        .query((row, number) ->
            new Due(
                row.getString("notification"),
                ToldState.valueOf(row.getString("state")),
                row.getString("tenant"),
                row.getString("run"),
                row.getString("subject"),
                Notifications.target(row),
                row.getTimestamp("ready").toInstant(),
                row.getInt("tries") - 1))
        .list();
  }

  void told(Due due) {
    database
        .sql(
            """
            UPDATE notice SET told = now(), problem = NULL WHERE notification = ? AND state = ?
            """)
        .params(due.notification(), due.state().name())
        .update();
  }

  void again(Due due, String problem, Duration pause) {
    database
        .sql(
            """
            UPDATE notice SET problem = ?, due = now() + make_interval(secs => ?)
            WHERE notification = ? AND state = ?
            """)
        .params(problem, pause.toSeconds(), due.notification(), due.state().name())
        .update();
  }

  void giveUp(Due due, String problem) {
    database
        .sql(
            """
            UPDATE notice SET problem = ?, given_up = now() WHERE notification = ? AND state = ?
            """)
        .params(problem, due.notification(), due.state().name())
        .update();
  }
}
