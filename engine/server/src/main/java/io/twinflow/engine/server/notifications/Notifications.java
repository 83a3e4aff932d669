package io.twinflow.engine.server.notifications;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.notifications.Notification.Notice;
import io.twinflow.engine.server.security.Caller;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who wants to be told of which runs. They are kept in the database, so no crash forgets them. */
@Component
public final class Notifications {

  /** Of one run. */
  public static final int MOST = 20;

  private final JdbcClient database;

  Notifications(DataSource database) {
    this.database = JdbcClient.create(database);
  }

  /**
   * A state that is over already is told at once.
   *
   * @return its id; empty if the run has so many that it takes no more
   */
  public Optional<String> add(Caller caller, RunId run, Set<ToldState> states, Target target) {
    String id = UUID.randomUUID().toString();
    String[] names = states.stream().map(ToldState::name).toArray(String[]::new);
    int made =
        database
            .sql(
                """
                WITH made AS (
                  INSERT INTO notification (id, tenant, run, subject, url, secret, mail)
                  SELECT :id, :tenant, :run, :subject, :url, :secret, :mail::text[]
                  WHERE (SELECT count(*) FROM notification WHERE run = :run) < :most
                  RETURNING id, tenant)
                INSERT INTO notice (notification, tenant, state)
                SELECT made.id, made.tenant, state FROM made, unnest(:states::text[]) state
                """)
            .param("id", id)
            .param("tenant", caller.tenant())
            .param("run", run.value())
            .param("subject", caller.subject())
            .param("url", target instanceof Target.Webhook hook ? hook.url() : null)
            .param("secret", target instanceof Target.Webhook hook ? hook.secret() : null)
            .param(
                "mail",
                target instanceof Target.Letter letter ? letter.to().toArray(String[]::new) : null)
            .param("states", names)
            .param("most", MOST)
            .update();
    return made == 0 ? Optional.empty() : Optional.of(id);
  }

  /** The oldest first. */
  public List<Notification> of(RunId run) {
    Map<String, Notification> found = new LinkedHashMap<>();
    database
        .sql(
            """
            SELECT n.id, n.subject, n.url, n.secret, n.mail, n.created,
              o.state, o.tries, o.problem, o.told, o.given_up
            FROM notification n JOIN notice o ON o.notification = n.id
            WHERE n.run = ? ORDER BY n.created, n.id, o.state
            """)
        .param(run.value())
        .query(row -> {
          Notification one = notification(row);
          found.merge(one.id(), one, Notifications::with);
        });
    return List.copyOf(found.values());
  }

  private static Notification with(Notification known, Notification more) {
    List<Notice> notices = new ArrayList<>(known.notices());
    notices.addAll(more.notices());
    return new Notification(known.id(), known.subject(), known.target(), known.created(), notices);
  }

  /** A task of a person is overdue; to be called before it is told in the journal. */
  public void overdue(String run) {
    database
        .sql(
            """
            UPDATE notice SET ready = now() WHERE state = 'OVERDUE' AND ready IS NULL
              AND notification IN (SELECT id FROM notification WHERE run = ?)
            """)
        .param(run)
        .update();
  }

  /**
   * @return whether it was there
   */
  public boolean remove(RunId run, String id) {
    return database
            .sql("DELETE FROM notification WHERE run = ? AND id = ?")
            .params(run.value(), id)
            .update()
        > 0;
  }

  private static Notification notification(ResultSet row) throws SQLException {
    return new Notification(
        row.getString("id"),
        row.getString("subject"),
        target(row),
        row.getTimestamp("created").toInstant(),
        List.of(
            new Notice(
                ToldState.valueOf(row.getString("state")),
                row.getInt("tries"),
                row.getString("problem"),
                instant(row.getTimestamp("told")),
                instant(row.getTimestamp("given_up")))));
  }

  /** Of a row with {@code url}, {@code secret} and {@code mail}. */
  static Target target(ResultSet row) throws SQLException {
    Array mail = row.getArray("mail");
    return mail == null
        ? new Target.Webhook(row.getString("url"), row.getString("secret"))
        : new Target.Letter(Arrays.asList((String[]) mail.getArray()));
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}
