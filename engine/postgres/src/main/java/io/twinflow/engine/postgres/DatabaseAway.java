package io.twinflow.engine.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that does not answer now from one that was asked wrongly. */
public final class DatabaseAway {

  /**
   * Classes of SQLSTATE (PostgreSQL, appendix A): connection, transaction rolled back, resources,
   * operator intervention, system.
   */
  private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

  /**
   * A server that does not write (any more), where another one does or soon will; a transaction
   * that slept too long.
   */
  private static final Set<String> STATES = Set.of("25006", "25P03");

  private static final int LENGTH = 5;

  private DatabaseAway() {}

  /** Whether the same may go well a moment later. */
  public static boolean isBehind(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLTransientConnectionException
          || (each instanceof SQLException database && isPassing(database.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPassing(@Nullable String state) {
    return state != null
        && state.length() == LENGTH
        && (STATES.contains(state) || CLASSES.contains(state.substring(0, 2)));
  }
}
