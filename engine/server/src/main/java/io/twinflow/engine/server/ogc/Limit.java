package io.twinflow.engine.server.ogc;

import org.jspecify.annotations.Nullable;

/** The parameter {@code limit} of lists. Part 1, "limit-definition". */
final class Limit {

  private static final int DEFAULT = 10;
  private static final int MOST = 10_000;

  private Limit() {}

  /** More than the most is as the most. */
  static int of(@Nullable String text) {
    if (text == null) {
      return DEFAULT;
    }
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1) {
      throw OgcErrors.invalidQuery(
          "limit: expected a number from 1 to %d, found %s".formatted(MOST, text));
    }
    return Math.min(Integer.parseInt(text), MOST);
  }
}
