package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.rule.Collect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which of the events that a firing waits for have come. */
final class Items {

  private Items() {}

  static boolean areAllThere(Connection connection, long firing, Collect collect)
      throws SQLException, IOException {
    return missing(connection, firing, collect).isEmpty();
  }

  /** In the order in which the trigger names them. */
  static List<String> missing(Connection connection, long firing, Collect collect)
      throws SQLException, IOException {
    List<String> missing = new ArrayList<>(collect.all());
    missing.removeAll(
        Sql.list(
            connection,
            "SELECT DISTINCT item FROM firing_event WHERE firing = ? AND item IS NOT NULL",
            row -> row.getString(1),
            firing));
    return missing;
  }
}
