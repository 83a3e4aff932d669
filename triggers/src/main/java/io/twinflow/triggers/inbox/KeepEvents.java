package io.twinflow.triggers.inbox;

import io.twinflow.engine.postgres.Columns;
import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Inserts many events by one statement. */
record KeepEvents(Sql sql) {

  private static final String INSERT =
      """
      INSERT INTO event (tenant, sender, identity, source, event_id, type, subject, time,
        attributes, data, reason, audience, state)
      SELECT *, CASE WHEN reason IS NULL THEN 'new' ELSE 'refused' END
      FROM unnest(?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::timestamptz[], ?::text[], ?::bytea[], ?::text[], ?::text[])
        AS e (tenant, sender, identity, source, event_id, type, subject, time, attributes, data, reason,
          audience)
      ON CONFLICT (tenant, sender, identity) DO NOTHING
      RETURNING tenant, sender, identity
      """;

  private static final String DEADLOCK = "40P01";
  private static final int TRIES = 5;

  /** For each whether it is new; of two that are the same the first is. */
  List<Boolean> keep(List<NewEvent> events) throws IOException {
    return news(events, sql.with(connection -> inserted(connection, events)));
  }

  /** The same as a part of a transaction. */
  static List<Boolean> keep(Connection connection, List<NewEvent> events) throws SQLException {
    return news(events, events.isEmpty() ? List.of() : insert(connection, events));
  }

  private static List<Boolean> news(List<NewEvent> events, List<NewEvent.Key> inserted) {
    Set<NewEvent.Key> made = new HashSet<>(inserted);
    return events.stream().map(event -> made.remove(event.key())).toList();
  }

  /** Two servers may be sent the same events in different orders, and wait for each other. */
  private static List<NewEvent.Key> inserted(Connection connection, List<NewEvent> events)
      throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return insert(connection, events);
      } catch (SQLException e) {
        if (tries == TRIES || !DEADLOCK.equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  private static List<NewEvent.Key> insert(Connection connection, List<NewEvent> events)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Columns<NewEvent> columns = new Columns<>(connection, insert, events);
      columns.add("text", event -> event.sender().tenant());
      columns.add("text", event -> event.sender().subject());
      columns.addBytes(event -> event.identity().array());
      columns.add("text", event -> event.event().getSource().toString());
      columns.add("text", event -> event.event().getId());
      columns.add("text", event -> event.event().getType());
      columns.add("text", event -> event.event().getSubject());
      columns.add("timestamptz", event -> timestamp(event.event().getTime()));
      columns.add("text", NewEvent::attributes);
      columns.addBytes(NewEvent::data);
      columns.add("text", NewEvent::refused);
      columns.add("text", NewEvent::audience);
      try (ResultSet rows = insert.executeQuery()) {
        List<NewEvent.Key> made = new ArrayList<>();
        while (rows.next()) {
          made.add(
              new NewEvent.Key(
                  new Sender(rows.getString(1), rows.getString(2)),
                  java.nio.ByteBuffer.wrap(rows.getBytes(3))));
        }
        return made;
      }
    }
  }

  private static @Nullable Timestamp timestamp(@Nullable OffsetDateTime time) {
    return time == null ? null : Timestamp.from(time.toInstant());
  }
}
