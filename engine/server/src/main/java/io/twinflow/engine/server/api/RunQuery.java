package io.twinflow.engine.server.api;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.runs.PublicState;
import io.twinflow.engine.server.runs.RunFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query of a list of runs, as it was written. */
record RunQuery(
    List<String> label,
    @Nullable String workflow,
    List<String> state,
    @Nullable String from,
    @Nullable String to,
    int limit,
    @Nullable String cursor) {

  static final int MOST = 1_000;

  static int limit(int limit) throws BadRequestException {
    if (limit < 1 || limit > MOST) {
      throw new BadRequestException("limit", "expected a number from 1 to %d".formatted(MOST));
    }
    return limit;
  }

  RunFilter filter() throws BadRequestException {
    if (workflow != null && Labels.isBad(workflow, 1_000)) {
      throw new BadRequestException("workflow", "no workflow can be called so");
    }
    if (cursor != null && !RunId.isValid(cursor)) {
      throw new BadRequestException("cursor", "take the cursor from \"next\" of the page before");
    }
    return new RunFilter(labels(), workflow, states(), time("from", from), time("to", to), cursor);
  }

  private Map<String, String> labels() throws BadRequestException {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String text : label) {
      int divider = divider(text);
      if (divider <= 0 || Labels.isBad(text, 2_000)) {
        throw new BadRequestException("label", "expected KEY=VALUE, as in label=site=delft");
      }
      labels.put(text.substring(0, divider), text.substring(divider + 1));
    }
    return labels;
  }

  private static int divider(String text) {
    int equals = text.indexOf('=');
    return equals > 0 ? equals : text.indexOf(':');
  }

  private Set<PublicState> states() throws BadRequestException {
    Set<PublicState> states = EnumSet.noneOf(PublicState.class);
    for (String text : state) {
      for (String name : text.split(",", -1)) {
        states.add(state(name.strip()));
      }
    }
    return states;
  }

  private static PublicState state(String name) throws BadRequestException {
    for (PublicState state : PublicState.values()) {
      if (state.name().equalsIgnoreCase(name)) {
        return state;
      }
    }
    throw new BadRequestException(
        "state",
        "expected one of %s"
            .formatted(List.of(PublicState.values()).toString().toLowerCase(Locale.ROOT)));
  }

  private static @Nullable Instant time(String field, @Nullable String text)
      throws BadRequestException {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      throw new BadRequestException(
          field, "expected a time as 2026-11-20T09:30:00Z, or a day as 2026-11-20");
    }
  }

  /** Where the page after this one is. */
  String next(String last) {
    StringBuilder url = new StringBuilder(Paths.ROOT + "/runs");
    label.forEach(text -> url.append(Paths.parameter(url, "label", text)));
    state.forEach(text -> url.append(Paths.parameter(url, "state", text)));
    append(url, "workflow", workflow);
    append(url, "from", from);
    append(url, "to", to);
    append(url, "limit", Integer.toString(limit));
    append(url, "cursor", last);
    return url.toString();
  }

  private static void append(StringBuilder url, String name, @Nullable String value) {
    if (value != null) {
      url.append(Paths.parameter(url, name, value));
    }
  }
}
