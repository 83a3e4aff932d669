package io.twinflow.triggers.source.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A line of five fields as crontab(5) has them: minute, hour, day of the month, month, day of the
 * week. If both days are restricted, either is enough. It knows clocks on the wall, and no zones.
 */
final class Cron {

  /** After so many years without one there is none: leap days may be eight years apart. */
  private static final int YEARS = 9;

  private static final List<CronField.Range> RANGES =
      List.of(
          new CronField.Range("minute", 0, 59, List.of()),
          new CronField.Range("hour", 0, 23, List.of()),
          new CronField.Range("day of the month", 1, 31, List.of()),
          new CronField.Range(
              "month",
              1,
              12,
              List.of(
                  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                  "dec")),
          new CronField.Range(
              "day of the week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

  private final CronField minutes;
  private final CronField hours;
  private final CronField days;
  private final CronField months;
  private final CronField weekdays;

  private Cron(List<CronField> fields) {
    minutes = fields.get(0);
    hours = fields.get(1);
    days = fields.get(2);
    months = fields.get(3);
    weekdays = fields.get(4);
  }

  /**
   * @throws IllegalArgumentException that says what was expected and found
   */
  static Cron read(String line) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length != RANGES.size()) {
      throw new IllegalArgumentException(
          "expected five fields (minute, hour, day of the month, month, day of the week), found %d"
              .formatted(words.length));
    }
    CronField[] fields = new CronField[words.length];
    for (int i = 0; i < words.length; i++) {
      fields[i] = CronField.read(words[i], RANGES.get(i));
    }
    return new Cron(List.of(fields));
  }

  /** Whether it names no hour: it goes by the minutes that pass, and by no time of the day. */
  boolean isOfEveryHour() {
    return hours.any();
  }

  /** The first time later than this; empty if there never is one, as on the 30th of February. */
  Optional<LocalDateTime> next(LocalDateTime after) {
    LocalDateTime from = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    LocalDate end = from.toLocalDate().plusYears(YEARS);
    LocalDate date = from.toLocalDate();
    while (date.isBefore(end)) {
      if (!months.has(date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
        continue;
      }
      if (isOn(date)) {
        boolean first = date.equals(from.toLocalDate());
        Optional<LocalDateTime> found =
            on(date, first ? from.getHour() : 0, first ? from.getMinute() : 0);
        if (found.isPresent()) {
          return found;
        }
      }
      date = date.plusDays(1);
    }
    return Optional.empty();
  }

  private boolean isOn(LocalDate date) {
    boolean day = days.has(date.getDayOfMonth());
    int number = date.getDayOfWeek().getValue();
    boolean weekday =
        weekdays.has(number) || (number == DayOfWeek.SUNDAY.getValue() && weekdays.has(0));
    boolean both = !days.any() && !weekdays.any();
    return both ? day || weekday : day && weekday;
  }

  private Optional<LocalDateTime> on(LocalDate date, int hour, int minute) {
    int first = hours.from(hour);
    if (first == hour) {
      int found = minutes.from(minute);
      if (found >= 0) {
        return Optional.of(date.atTime(hour, found));
      }
      first = hours.from(hour + 1);
    }
    return first < 0 ? Optional.empty() : Optional.of(date.atTime(first, minutes.from(0)));
  }
}
