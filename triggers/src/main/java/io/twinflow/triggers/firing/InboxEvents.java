package io.twinflow.triggers.firing;

import io.cloudevents.CloudEvent;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import io.twinflow.triggers.inbox.Sender;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events of the inbox as triggers meet them. */
final class InboxEvents {

  private static final String COLUMNS =
      "SELECT id, tenant, sender, attributes, data, audience FROM event ";

  /** Of data in memory at one time. */
  private static final long MOST_BYTES = 16L << 20;

  private InboxEvents() {}

  /**
   * One of them.
   *
   * @param audience whose triggers alone it is for; null for all
   */
  record Kept(long number, Sender sender, CloudEvent event, @Nullable String audience) {}

  /** Hears of an event that cannot be read as this engine reads them. */
  interface Unreadable {
    void refuse(long number, String reason);
  }

  /**
   * Those that no trigger has been asked about, the oldest first.
   *
   * @param most at most so many, and at least one however large it is
   */
  static List<Kept> fresh(Connection connection, int most, Unreadable unreadable)
      throws SQLException, IOException {
    List<Optional<Kept>> rows =
        Sql.list(
            connection,
            """
            SELECT id, tenant, sender, attributes, data, audience FROM (
              SELECT *, sum(bytes) OVER (ORDER BY id) - bytes AS before FROM (
                SELECT *, coalesce(octet_length(data), 0) AS bytes FROM event
                WHERE state = 'new' ORDER BY id LIMIT ?) AS n) AS e
            WHERE before < ? ORDER BY id
            """,
            row -> readable(row, unreadable),
            most,
            MOST_BYTES);
    return rows.stream().flatMap(Optional::stream).toList();
  }

  private static Optional<Kept> readable(ResultSet row, Unreadable unreadable) throws SQLException {
    try {
      return Optional.of(row(row));
    } catch (IOException e) {
      unreadable.refuse(row.getLong(1), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** How much data the events of a firing have. */
  static long bytes(Connection connection, long firing) throws SQLException, IOException {
    return Sql.list(
            connection,
            """
            SELECT coalesce(sum(octet_length(data)), 0) FROM event
            WHERE id IN (SELECT event FROM firing_event WHERE firing = ?)
            """,
            row -> row.getLong(1),
            firing)
        .getFirst();
  }

  /** Those of a firing, in the order in which they came. */
  static List<Kept> of(Connection connection, long firing) throws SQLException, IOException {
    return Sql.list(
        connection,
        COLUMNS + "WHERE id IN (SELECT event FROM firing_event WHERE firing = ?) ORDER BY id",
        InboxEvents::row,
        firing);
  }

  private static Kept row(ResultSet row) throws SQLException, IOException {
    long number = row.getLong(1);
    try {
      return new Kept(
          number,
          new Sender(row.getString(2), row.getString(3)),
          JsonFormat.read(row.getString(4), row.getBytes(5)),
          row.getString(6));
    } catch (MalformedEventException e) {
      throw new IOException("event %d cannot be read: %s".formatted(number, e.getMessage()), e);
    }
  }
}
