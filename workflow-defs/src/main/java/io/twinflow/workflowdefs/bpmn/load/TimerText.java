package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.EventDefinition.Timer.Form;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a time that is written out. */
final class TimerText {

  /** ISO 8601 without weeks, which XML's durations do not have. */
  private static final Pattern DURATION =
      Pattern.compile(
          "P(?=.)(\\d{1,4}Y)?(\\d{1,5}M)?(\\d{1,6}D)?(T(?=.)(\\d{1,7}H)?(\\d{1,8}M)?(\\d{1,9}S)?)?");

  private TimerText() {}

  /** Null if nothing is wrong. */
  static @Nullable String problem(Form form, String text) {
    return switch (form) {
      case DURATION -> duration(text);
      case DATE -> date(text);
      case CYCLE -> cycle(text);
    };
  }

  static @Nullable String duration(String text) {
    if (DURATION.matcher(text).matches()) {
      return null;
    }
    String weeks =
        text.matches("P\\d{1,4}W")
            ? " Weeks are not read: write P%dD."
                .formatted(7 * Integer.parseInt(text, 1, text.length() - 1, 10))
            : "";
    return "expected a duration of ISO 8601 such as PT15M or P1DT12H, found \"%s\".%s"
        .formatted(text, weeks);
  }

  static @Nullable String date(String text) {
    try {
      OffsetDateTime.parse(text);
      return null;
    } catch (DateTimeException e) {
      return "expected a date with its offset such as 2026-11-21T06:00:00Z, found \"%s\"."
          .formatted(text);
    }
  }

  private static @Nullable String cycle(String text) {
    String[] parts = text.split("/", -1);
    String expected =
        "expected a cycle of ISO 8601 such as R3/PT10M or R/2026-11-21T06:00:00Z/P1D, found \"%s\"."
            .formatted(text);
    if (!parts[0].matches("R\\d{0,6}") || parts.length < 2 || parts.length > 3) {
      return text.strip().contains(" ")
          ? expected + " For cron, start the process by a trigger with a schedule."
          : expected;
    }
    if (duration(parts[parts.length - 1]) != null
        || (parts.length == 3 && date(parts[1]) != null)) {
      return expected;
    }
    return null;
  }
}
