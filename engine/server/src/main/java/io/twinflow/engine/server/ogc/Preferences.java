package io.twinflow.engine.server.ogc;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the header {@code Prefer} says (RFC 7240).
 *
 * @param patience how long the client waits before it would rather have a job to look at
 */
record Preferences(
    boolean async, boolean representation, boolean minimal, Optional<Duration> patience) {

  private static final int LONGEST_SECONDS = 86_400;

  static Preferences of(HttpServletRequest request) {
    boolean async = false;
    boolean representation = false;
    boolean minimal = false;
    Optional<Duration> wait = Optional.empty();
    for (String header : Collections.list(request.getHeaders("Prefer"))) {
      for (String part : header.split("[,;]", -1)) {
        String preference =
            part.strip().toLowerCase(Locale.ROOT).replace("\"", "").replace(" ", "");
        switch (preference) {
          case "respond-async" -> async = true;
          case "return=representation" -> representation = true;
          case "return=minimal" -> minimal = true;
          default -> {
            if (preference.matches("wait=[0-9]{1,6}")) {
              int seconds = Integer.parseInt(preference.substring("wait=".length()));
              wait = Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)));
            }
          }
        }
      }
    }
    return new Preferences(async, representation, minimal, wait);
  }

  /** For {@code Preference-Applied}; empty if there is nothing to say. */
  String applied(boolean asynchronous) {
    List<String> applied = new ArrayList<>();
    if (asynchronous && async) {
      applied.add("respond-async");
    }
    if (representation) {
      applied.add("return=representation");
    } else if (minimal) {
      applied.add("return=minimal");
    }
    patience.ifPresent(duration -> applied.add("wait=" + duration.toSeconds()));
    return String.join(", ", applied);
  }
}
