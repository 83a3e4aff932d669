package io.twinflow.engine.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Keeps apart who copies the files that a database names and who removes them: a lock of the
 * database, held by a connection until it is closed.
 */
public final class FileUse {

  private static final SessionLock LOCK = new SessionLock(0x7477_696e_666c_6f77L);

  private FileUse() {}

  /** Waits until nobody removes files, and keeps everybody from it; others may keep too. */
  public static void keep(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_advisory_lock_shared(?)")) {
      statement.setLong(1, LOCK.number());
      statement.execute();
    }
  }

  /** False if somebody keeps the files, or another removes some; {@link #done} ends it. */
  public static boolean mayRemove(Connection connection) throws SQLException {
    return LOCK.take(connection);
  }

  /** Lets go of what {@link #mayRemove} gave. */
  public static void done(Connection connection) throws SQLException {
    LOCK.give(connection);
  }
}
