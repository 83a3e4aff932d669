package io.twinflow.executors.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one attempt of one task, everywhere and for ever. Its {@link #value} is what a site sees: a
 * label of at most 63 characters (RFC 1123), so that a later engine can find its own.
 *
 * @param installation the installation that made it; sweepers touch no other's
 * @param run the run's id
 * @param task the task's number within the run, from 1
 * @param attempt from 1
 */
public record AttemptKey(String installation, String run, long task, int attempt) {

  private static final int LONGEST = 63;
  private static final Pattern PARTS =
      Pattern.compile("([a-z0-9][-a-z0-9]*)-([1-9][0-9]{0,17})-([1-9][0-9]{0,8})");

  public AttemptKey {
    SiteLabel.check(installation, run, value(installation, run, task, attempt));
  }

  public String value() {
    return value(installation, run, task, attempt);
  }

  private static String value(String installation, String run, long task, int attempt) {
    return "tf-" + installation + "-" + run + "-" + task + "-" + attempt;
  }

  /** The key with that value; empty if this installation can have made no such key. */
  public static Optional<AttemptKey> of(String installation, String value) {
    String start = "tf-" + installation + "-";
    Matcher parts = PARTS.matcher(value.startsWith(start) ? value.substring(start.length()) : "");
    if (value.length() > LONGEST || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new AttemptKey(
            installation,
            parts.group(1),
            Long.parseLong(parts.group(2)),
            Integer.parseInt(parts.group(3))));
  }

  @Override
  public String toString() {
    return value();
  }
}
