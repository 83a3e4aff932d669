package io.twinflow.triggers.source.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In Amsterdam clocks go from 02:00 to 03:00 on 2026-03-29, and from 03:00 to 02:00 on 10-25. */
class TimesTest {

  private static List<String> times(String line, String zone, String from, String to) {
    Times times = new Times(Cron.read(line), ZoneId.of(zone));
    List<String> found = new ArrayList<>();
    Instant last = OffsetDateTime.parse(to).toInstant();
    Instant at = OffsetDateTime.parse(from).toInstant();
    while (true) {
      at = times.next(at).orElseThrow();
      if (!at.isBefore(last)) {
        return found;
      }
      found.add(at.atZone(ZoneId.of(zone)).toOffsetDateTime().toString());
    }
  }

  private static List<String> spring(String line) {
    return times(line, "Europe/Amsterdam", "2026-03-28T23:00+01:00", "2026-03-29T05:00+02:00");
  }

  private static List<String> autumn(String line) {
    return times(line, "Europe/Amsterdam", "2026-10-24T23:00+02:00", "2026-10-25T05:00+01:00");
  }

  @Test
  void aTimeThatIsMissingIsDueAsMuchLater() {
    assertThat(spring("30 2 * * *")).containsExactly("2026-03-29T03:30+02:00");
    assertThat(spring("0,40 2 * * *"))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-29T03:40+02:00");
  }

  @Test
  void whatFallsOntoOneMomentIsOne() {
    assertThat(spring("30 2,3 * * *")).containsExactly("2026-03-29T03:30+02:00");
    assertThat(spring("15 1-4 * * *"))
        .containsExactly(
            "2026-03-29T01:15+01:00", "2026-03-29T03:15+02:00", "2026-03-29T04:15+02:00");
  }

  @Test
  void whatIsMissingAndWhatIsNotComeInTheirOrder() {
    assertThat(spring("50 2,3 * * *")).containsExactly("2026-03-29T03:50+02:00");
    assertThat(spring("10,50 2 29 3 *"))
        .containsExactly("2026-03-29T03:10+02:00", "2026-03-29T03:50+02:00");
  }

  @Test
  void aTimeThatIsThereTwiceIsDueTheFirstTime() {
    assertThat(autumn("30 2 * * *")).containsExactly("2026-10-25T02:30+02:00");
    assertThat(autumn("0 2,3 * * *"))
        .containsExactly("2026-10-25T02:00+02:00", "2026-10-25T03:00+01:00");
  }

  @Test
  void fromWithinTheSecondHourNothingIsRepeated() {
    assertThat(
            times(
                "30 2,4 * * *",
                "Europe/Amsterdam",
                "2026-10-25T02:10+01:00",
                "2026-10-25T05:00+01:00"))
        .containsExactly("2026-10-25T04:30+01:00");
  }

  @Test
  void aLineWithoutAnHourGoesOnThroughBoth() {
    assertThat(spring("30 * * * *"))
        .containsExactly(
            "2026-03-28T23:30+01:00",
            "2026-03-29T00:30+01:00",
            "2026-03-29T01:30+01:00",
            "2026-03-29T03:30+02:00",
            "2026-03-29T04:30+02:00");
    assertThat(autumn("0 */1 * * *"))
        .containsExactly(
            "2026-10-25T00:00+02:00",
            "2026-10-25T01:00+02:00",
            "2026-10-25T02:00+02:00",
            "2026-10-25T02:00+01:00",
            "2026-10-25T03:00+01:00",
            "2026-10-25T04:00+01:00");
  }

  @ParameterizedTest
  @CsvSource({
    // Half an hour is missing and twice.
    "Australia/Lord_Howe, 2026-10-03T00:00Z, 2026-10-04T12:00Z",
    "Australia/Lord_Howe, 2026-04-04T00:00Z, 2026-04-05T12:00Z",
    // A whole day is missing.
    "Pacific/Apia, 2011-12-29T00:00Z, 2012-01-01T00:00Z",
    // Midnight is missing.
    "America/Sao_Paulo, 2018-11-03T12:00Z, 2018-11-05T12:00Z",
    "Asia/Kathmandu, 2026-03-28T00:00Z, 2026-03-30T00:00Z",
  })
  void everyQuarterOfAnHourIsOne(String zone, String from, String to) {
    List<String> times = times("*/15 * * * *", zone, from, to);
    Duration whole = Duration.between(OffsetDateTime.parse(from), OffsetDateTime.parse(to));
    assertThat(times).hasSize((int) whole.dividedBy(Duration.ofMinutes(15)) - 1);
  }

  @Test
  void aDayThatIsMissingIsDueOnTheNext() {
    assertThat(times("0 6 30 * *", "Pacific/Apia", "2011-12-01T00:00Z", "2012-01-15T00:00Z"))
        .containsExactly("2011-12-31T06:00+14:00");
  }

  /** What is asked for from any moment on is what comes from the beginning on. */
  @ParameterizedTest
  @ValueSource(
      strings = {"30 2 * * *", "0,20,40 1-3 * * *", "*/10 * * * *", "30 2,3 * * *", "5 */2 * * *"})
  void itIsTheSameFromWhereverOneLooks(String line) {
    Times times = new Times(Cron.read(line), ZoneId.of("Europe/Amsterdam"));
    for (String day : List.of("2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z")) {
      Instant from = Instant.parse(day);
      Instant to = from.plus(Duration.ofHours(36));
      TreeSet<Instant> all = new TreeSet<>();
      for (Instant at = times.next(from).orElseThrow();
          at.isBefore(to);
          at = times.next(at).orElseThrow()) {
        assertThat(all.add(at)).isTrue();
      }
      for (Instant at = from;
          at.isBefore(to.minus(Duration.ofHours(25)));
          at = at.plusSeconds(61)) {
        assertThat(times.next(at)).contains(all.higher(at));
      }
    }
  }
}
