package io.twinflow.engine.postgres.queue;

import io.twinflow.engine.postgres.queue.Bound.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows that say what each engine has of each thing that is limited. */
final class SlotShares {

  /** Something that is limited. */
  record Thing(Kind kind, String name) {}

  /**
   * What one engine has of it.
   *
   * @param wants slots that it has, and that its tasks wait for
   * @param granted slots that nobody else may use
   */
  record Share(Thing thing, long instance, int wants, int granted) {}

  private final String tenant;
  private final long instance;

  SlotShares(String tenant, long instance) {
    this.tenant = tenant;
    this.instance = instance;
  }

  /**
   * Keeps the others out until the transaction ends.
   *
   * @return the second, by the database's clock
   */
  long lock(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            """
            SELECT set_config('synchronous_commit', 'off', true),
              pg_advisory_xact_lock(hashtext('twinflow slots'), hashtext(?)),
              extract(epoch FROM clock_timestamp())::bigint
            """)) {
      lock.setString(1, tenant);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        return row.getLong(3);
      }
    }
  }

  /** Of the engines that live. */
  List<Share> others(Connection connection) throws SQLException {
    List<Share> others = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT s.kind, s.name, s.instance, s.wants, s.granted
            FROM slot_share s JOIN instance i ON i.id = s.instance
            WHERE s.tenant = ? AND s.instance <> ? AND i.heartbeat + i.lease > clock_timestamp()
            """)) {
      select.setString(1, tenant);
      select.setLong(2, instance);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          others.add(
              new Share(
                  new Thing(
                      Kind.valueOf(rows.getString(1).toUpperCase(Locale.ROOT)), rows.getString(2)),
                  rows.getLong(3),
                  rows.getInt(4),
                  rows.getInt(5)));
        }
      }
    }
    return others;
  }

  /** In the place of what this engine had. */
  void write(Connection connection, Map<Thing, Share> mine) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM slot_share WHERE tenant = ? AND instance = ? AND NOT (kind || '/' || name = ANY (?))")) {
      delete.setString(1, tenant);
      delete.setLong(2, instance);
      delete.setArray(
          3,
          connection.createArrayOf(
              "text",
              mine.keySet().stream()
                  .map(thing -> thing.kind().word() + "/" + thing.name())
                  .toArray()));
      delete.executeUpdate();
    }
    if (!mine.isEmpty()) {
      insert(connection, mine.values());
    }
  }

  private void insert(Connection connection, Collection<Share> mine) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO slot_share AS s (tenant, kind, name, instance, wants, granted)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant, kind, name, instance) DO UPDATE SET
              wants = excluded.wants, granted = excluded.granted
              WHERE (s.wants, s.granted) <> (excluded.wants, excluded.granted)
            """)) {
      for (Share share : mine) {
        insert.setString(1, tenant);
        insert.setString(2, share.thing().kind().word());
        insert.setString(3, share.thing().name());
        insert.setLong(4, instance);
        insert.setInt(5, share.wants());
        insert.setInt(6, share.granted());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
