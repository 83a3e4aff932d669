package io.twinflow.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PoolIT {

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private static String first(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @Test
  void aTransactionThatSleepsKeepsItsLocksForSomeSeconds() throws Exception {
    try (HikariDataSource pool =
            Pool.of(database.pool().getDataSource(), "test", 2, Duration.ofSeconds(30));
        Connection asleep = pool.getConnection();
        Connection other = pool.getConnection()) {
      assertThat(first(asleep, "SHOW idle_in_transaction_session_timeout")).isEqualTo("15s");
      first(asleep, "SELECT set_config('idle_in_transaction_session_timeout', '50ms', false)");
      asleep.setAutoCommit(false);
      first(asleep, "SELECT pg_advisory_xact_lock(4711)");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> first(other, "SELECT pg_try_advisory_lock(4711)").equals("t"));
      SQLException lost = catchThrowableOfType(SQLException.class, () -> first(asleep, "SELECT 1"));
      assertThat(DatabaseAway.isBehind(lost)).isTrue();
    }
  }

  @Test
  void whatBrokeATransactionIsSaidAndNotThatItCouldNotBeTakenBack() throws Exception {
    try (HikariDataSource pool =
        Pool.of(database.pool().getDataSource(), "test", 1, Duration.ofSeconds(30))) {
      Sql sql = new Sql(pool);
      IOException lost =
          catchThrowableOfType(
              IOException.class,
              () ->
                  sql.inTransaction(connection ->
                      first(connection, "SELECT pg_terminate_backend(pg_backend_pid())")));
      assertThat(lost).hasMessageContaining("terminating connection");
      assertThat(DatabaseAway.isBehind(lost)).isTrue();
    }
  }
}
