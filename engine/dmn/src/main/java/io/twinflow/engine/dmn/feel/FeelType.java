package io.twinflow.engine.dmn.feel;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.camunda.feel.syntaxtree.ValContext;
import org.camunda.feel.syntaxtree.ValDate;
import org.camunda.feel.syntaxtree.ValDateTime;
import org.camunda.feel.syntaxtree.ValDayTimeDuration;
import org.camunda.feel.syntaxtree.ValList;
import org.camunda.feel.syntaxtree.ValLocalDateTime;
import org.camunda.feel.syntaxtree.ValLocalTime;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import org.camunda.feel.syntaxtree.ValTime;
import org.camunda.feel.syntaxtree.ValYearMonthDuration;
import org.camunda.feel.syntaxtree.ZonedTime;
import org.jspecify.annotations.Nullable;

/** The types of FEEL (DMN 1.5, section 10.3.2.3), and their texts. */
public enum FeelType {
  ANY("Any"),
  STRING("string"),
  NUMBER("number"),
  BOOLEAN("boolean"),
  DATE("date"),
  TIME("time"),
  DATE_TIME("date and time"),
  DAYS_AND_TIME("days and time duration"),
  YEARS_AND_MONTHS("years and months duration"),
  CONTEXT("context");

  /** As documents of DMN 1.1 and of other engines write them. */
  private static final Map<String, FeelType> ALIASES =
      Map.ofEntries(
          Map.entry("dateTime", DATE_TIME),
          Map.entry("dayTimeDuration", DAYS_AND_TIME),
          Map.entry("yearMonthDuration", YEARS_AND_MONTHS),
          Map.entry("integer", NUMBER),
          Map.entry("long", NUMBER),
          Map.entry("double", NUMBER),
          Map.entry("decimal", NUMBER));

  private static final Pattern MONTHS = Pattern.compile("-?P(-?\\d+Y)?(-?\\d+M)?");

  private final String written;

  FeelType(String written) {
    this.written = written;
  }

  public String written() {
    return written;
  }

  /** Null if there is no type of that name. */
  public static @Nullable FeelType named(String name) {
    for (FeelType type : values()) {
      if (type.written.equals(name)) {
        return type;
      }
    }
    return ALIASES.get(name);
  }

  boolean holds(Val val) {
    return switch (this) {
      case ANY -> true;
      case STRING -> val instanceof ValString;
      case NUMBER -> val instanceof ValNumber;
      case BOOLEAN -> val instanceof ValBoolean;
      case DATE -> val instanceof ValDate;
      case TIME -> val instanceof ValTime || val instanceof ValLocalTime;
      case DATE_TIME -> val instanceof ValDateTime || val instanceof ValLocalDateTime;
      case DAYS_AND_TIME -> val instanceof ValDayTimeDuration;
      case YEARS_AND_MONTHS -> val instanceof ValYearMonthDuration;
      case CONTEXT -> val instanceof ValContext;
    };
  }

  /** The value that an ISO text stands for, if texts stand for values of this type. */
  Val parse(String text) throws Impossible {
    return switch (this) {
      case ANY, STRING, NUMBER, BOOLEAN, CONTEXT -> new ValString(text);
      case DATE -> temporal(text, t -> new ValDate(LocalDate.parse(t)), "2026-01-31");
      case TIME -> temporal(text, FeelType::time, "10:30:00");
      case DATE_TIME -> temporal(text, FeelType::dateTime, "2026-01-31T10:30:00Z");
      case DAYS_AND_TIME ->
          temporal(text, t -> new ValDayTimeDuration(Duration.parse(t)), "P1DT2H");
      case YEARS_AND_MONTHS -> temporal(text, FeelType::months, "P1Y2M");
    };
  }

  private Val temporal(String text, Function<String, Val> parse, String example) throws Impossible {
    try {
      return parse.apply(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new Impossible(
          "expected a %s such as %s, found \"%s\"".formatted(written, example, Shortened.of(text)));
    }
  }

  private static Val time(String text) {
    return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
        ? new ValTime(ZonedTime.of(OffsetTime.parse(text)))
        : new ValLocalTime(LocalTime.parse(text));
  }

  private static Val dateTime(String text) {
    return text.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d|])")
        ? new ValDateTime(ZonedDateTime.parse(text))
        : new ValLocalDateTime(LocalDateTime.parse(text));
  }

  private static Val months(String text) {
    if (!MONTHS.matcher(text).matches()) {
      throw new DateTimeException("has days");
    }
    return new ValYearMonthDuration(Period.parse(text).normalized());
  }

  static String isoText(Val val) throws Impossible {
    return switch (val) {
      case ValDate date -> date.value().toString();
      case ValLocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time.value());
      case ValTime time -> DateTimeFormatter.ISO_OFFSET_TIME.format(time.value().toOffsetTime());
      case ValLocalDateTime time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.value());
      case ValDateTime time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.value());
      case ValDayTimeDuration duration -> duration.value().toString();
      case ValYearMonthDuration duration -> duration.value().normalized().toString();
      case Val other -> throw new Impossible("expected a value, found " + other);
    };
  }

  /** The type of a value, for messages. */
  static String of(Val val) {
    for (FeelType type : values()) {
      if (type != ANY && type.holds(val)) {
        return type.written;
      }
    }
    return val instanceof ValList ? "list" : "null";
  }
}
