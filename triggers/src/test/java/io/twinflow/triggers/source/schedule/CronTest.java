package io.twinflow.triggers.source.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {

  /** The 21st of November 2026 is a Saturday. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * *          | 2026-11-21T10:00       | 2026-11-21T10:01",
        "* * * * *          | 2026-11-21T10:00:59.9  | 2026-11-21T10:01",
        "*/15 * * * *       | 2026-11-21T10:45       | 2026-11-21T11:00",
        "7/20 * * * *       | 2026-11-21T10:27       | 2026-11-21T10:47",
        "30 6 * * *         | 2026-11-21T06:29:59    | 2026-11-21T06:30",
        "30 6 * * *         | 2026-11-21T06:30       | 2026-11-22T06:30",
        "0 9-17/4 * * *     | 2026-11-21T13:00       | 2026-11-21T17:00",
        "0 0 1 * *          | 2026-11-21T00:00       | 2026-12-01T00:00",
        "0 0 31 * *         | 2026-11-21T00:00       | 2026-12-31T00:00",
        "59 23 31 dec *     | 2026-12-31T23:59       | 2027-12-31T23:59",
        "0 0 29 2 *         | 2026-11-21T00:00       | 2028-02-29T00:00",
        "0 0 29 2 *         | 2096-03-01T00:00       | 2104-02-29T00:00",
        "0 8 * * mon-fri    | 2026-11-21T00:00       | 2026-11-23T08:00",
        "0 8 * * 0          | 2026-11-21T09:00       | 2026-11-22T08:00",
        "0 8 * * 7          | 2026-11-21T09:00       | 2026-11-22T08:00",
        "0 8 * JAN,Jul SUN  | 2026-11-21T09:00       | 2027-01-03T08:00",
        // Both days are restricted: either is enough.
        "0 0 13 * fri       | 2026-11-21T00:00       | 2026-11-27T00:00",
        "0 0 13 * fri       | 2026-12-11T00:00       | 2026-12-13T00:00",
        // A star with a step restricts, and is a star all the same.
        "0 0 */2 * mon      | 2026-11-21T00:00       | 2026-11-23T00:00",
      })
  void theNextTimeIsFound(String line, LocalDateTime after, LocalDateTime next) {
    assertThat(Cron.read(line).next(after)).contains(next);
  }

  @Test
  void aDayThatNeverIsIsNotLookedForForEver() {
    assertThat(Cron.read("0 0 30 2 *").next(LocalDateTime.parse("2026-11-21T00:00"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 * *        | expected five fields",
        "0 0 0 * * *    | found 6",
        "@daily         | found 1",
        "60 * * * *     | minute: expected a number from 0 to 59, found '60'",
        "* 24 * * *     | hour: expected a number from 0 to 23",
        "* * 0 * *      | day of the month: expected a number from 1 to 31",
        "* * * 13 *     | month: expected a number from 1 to 12",
        "* * * * 8      | day of the week: expected a number from 0 to 7",
        "* * * * monday | day of the week: expected *, a number, a range or a list, found 'monday'",
        "5-1 * * * *    | minute: expected a range that goes up, found '5-1'",
        "*/0 * * * *    | minute: expected a step from 1 on",
        "1,,2 * * * *   | minute: expected",
        "-1 * * * *     | minute: expected",
        "* * L * *      | day of the month: expected",
        "* * * * ?      | day of the week: expected",
      })
  void whatIsWrongIsNamed(String line, String words) {
    assertThatThrownBy(() -> Cron.read(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }
}
