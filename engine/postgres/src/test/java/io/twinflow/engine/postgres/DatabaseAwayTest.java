package io.twinflow.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseAwayTest {

  @ParameterizedTest
  @CsvSource({
    "08006, true",
    "57P01, true",
    "57P03, true",
    "53300, true",
    "53100, true",
    "40P01, true",
    "25006, true",
    "25P03, true",
    "25P02, false",
    "42601, false",
    "23505, false",
    "22P05, false",
    "8, false",
    ", false"
  })
  void tellsByTheState(String state, boolean isAway) {
    IOException failure = new IOException("the database: …", new SQLException("…", state));
    assertThat(DatabaseAway.isBehind(failure)).isEqualTo(isAway);
  }

  @Test
  void whoGotNoConnectionInTimeAsksAgain() {
    assertThat(DatabaseAway.isBehind(new SQLTransientConnectionException("timed out"))).isTrue();
  }

  @Test
  void otherFailuresAreNoneOfTheDatabase() {
    assertThat(DatabaseAway.isBehind(new IOException("No space left on device"))).isFalse();
  }
}
