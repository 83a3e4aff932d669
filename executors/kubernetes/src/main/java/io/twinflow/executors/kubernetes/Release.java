package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.client.VersionInfo;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which Kubernetes it is, as in 1.33. */
record Release(int major, int minor) {

  /**
   * From this one on an indexed Job surely knows {@code backoffLimitPerIndex}, without which one
   * pod that fails ends all others or is made again. Before, an administrator may have switched it
   * off, and then the API server drops it without a word.
   */
  static final Release INDEXED = new Release(1, 33);

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** Providers add signs of their own, as in 33+. */
  static Release of(VersionInfo version) {
    return new Release(number(version.getMajor()), number(version.getMinor()));
  }

  private static int number(@org.jspecify.annotations.Nullable String text) {
    Matcher digits = NUMBER.matcher(text == null ? "" : text);
    return digits.find() ? Integer.parseInt(digits.group()) : 0;
  }

  boolean isAtLeast(Release other) {
    return major > other.major || (major == other.major && minor >= other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
