package io.twinflow.engine.server.ogc;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a list holds. Part 1, "Job list", section "Parameters".
 *
 * @param from created at or after; null without a bound
 * @param to created at or before
 * @param minSeconds of running and finished jobs
 * @param after the last job of the page before; from new to old
 */
record JobFilter(
    List<String> types,
    List<String> processes,
    List<JobRow.Status> statuses,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long minSeconds,
    @Nullable Long maxSeconds,
    @Nullable String after,
    int limit) {

  static JobFilter of(HttpServletRequest request) {
    String datetime = request.getParameter("datetime");
    Instant from = null;
    Instant to = null;
    if (datetime != null) {
      String[] ends = datetime.split("/", -1);
      if (ends.length > 2 || Arrays.stream(ends).allMatch(JobFilter::isOpen)) {
        throw wrong("datetime", "a time or an interval (RFC 3339)", datetime);
      }
      from = isOpen(ends[0]) ? null : time(ends[0], false);
      String end = ends[ends.length - 1];
      to = isOpen(end) ? null : time(end, true);
    }
    return new JobFilter(
        values(request, "type"),
        values(request, "processID"),
        values(request, "status").stream().map(JobFilter::status).toList(),
        from,
        to,
        seconds(request, "minDuration"),
        seconds(request, "maxDuration"),
        request.getParameter("after"),
        Limit.of(request.getParameter("limit")));
  }

  private static List<String> values(HttpServletRequest request, String name) {
    String[] given = request.getParameterValues(name);
    List<String> values = new ArrayList<>();
    if (given != null) {
      for (String value : given) {
        values.addAll(List.of(value.split(",", -1)));
      }
    }
    return values;
  }

  private static JobRow.Status status(String text) {
    for (JobRow.Status status : JobRow.Status.values()) {
      if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
        return status;
      }
    }
    throw wrong("status", "accepted, running, successful, failed or dismissed", text);
  }

  private static @Nullable Long seconds(HttpServletRequest request, String name) {
    String text = request.getParameter(name);
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,12}")) {
      throw wrong(name, "a number of seconds", text);
    }
    return Long.parseLong(text);
  }

  private static boolean isOpen(String end) {
    return end.isEmpty() || end.equals("..");
  }

  /** A day is all of it. A {@code +} of an offset arrives as a blank. */
  private static Instant time(String text, boolean end) {
    String written = text.strip().replace(' ', '+');
    try {
      if (!written.contains("T")) {
        LocalDate day = LocalDate.parse(written);
        return end
            ? day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1_000)
            : day.atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return OffsetDateTime.parse(written).toInstant();
    } catch (DateTimeParseException e) {
      throw wrong("datetime", "a time or an interval (RFC 3339)", text);
    }
  }

  private static RuntimeException wrong(String name, String expected, String found) {
    return OgcErrors.invalidQuery("%s: expected %s, found %s".formatted(name, expected, found));
  }
}
