package io.twinflow.engine.server.seen.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The span that a call was made in: {@code traceparent} of W3C Trace Context, level 1.
 *
 * @param sampled whether the caller records the trace
 */
record TraceParent(String trace, String span, boolean sampled) {

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final int HEXADECIMAL = 16;

  /** Empty for what is not one: then a trace begins here, as the standard says. */
  static Optional<TraceParent> of(@Nullable String header) {
    Matcher parts = FORM.matcher(header == null ? "" : header.strip());
    if (!parts.matches()
        || parts.group(1).equals("ff")
        || (parts.group(1).equals("00") && parts.group(5) != null)
        || isZero(parts.group(2))
        || isZero(parts.group(3))) {
      return Optional.empty();
    }
    boolean sampled = (Integer.parseInt(parts.group(4), HEXADECIMAL) & 1) == 1;
    return Optional.of(new TraceParent(parts.group(2), parts.group(3), sampled));
  }

  private static boolean isZero(String id) {
    return id.chars().allMatch(c -> c == '0');
  }

  String header() {
    return "00-%s-%s-%s".formatted(trace, span, sampled ? "01" : "00");
  }
}
