package io.twinflow.engine.core;

import java.util.regex.Pattern;

/**
 * Names a run: UTC date and time of its creation, its milliseconds to the base 36 and four random
 * characters, as in {@code 20261120-093012-k3x9qa}; sorts by time, is short enough for the labels
 * of every site.
 */
public record RunId(String value) {

  private static final Pattern FORM = Pattern.compile("[0-9]{8}-[0-9]{6}-[a-z0-9]{6}");

  public RunId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a run id; expected something like 20261120-093012-k3x9qa".formatted(value));
    }
  }

  /** Whether a text has the form of an id; not whether there is such a run. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
