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

/** Events of the inbox as triggers meet them. */
final class InboxEvents {

  private static final String COLUMNS = "SELECT id, tenant, sender, attributes, data FROM event ";

  private InboxEvents() {}

  /** One of them. */
  record Kept(long number, Sender sender, CloudEvent event) {}

  /** Those that no trigger has been asked about, the oldest first. */
  static List<Kept> fresh(Connection connection, int most) throws SQLException, IOException {
    return Sql.list(
        connection, COLUMNS + "WHERE state = 'new' ORDER BY id LIMIT ?", InboxEvents::row, most);
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
          JsonFormat.read(row.getString(4), row.getBytes(5)));
    } catch (MalformedEventException e) {
      throw new IOException("event %d cannot be read: %s".formatted(number, e.getMessage()), e);
    }
  }
}
