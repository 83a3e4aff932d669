package io.twinflow.executors.api;

import java.util.regex.Pattern;

/** The form of names that every kind of site accepts: RFC 1123 labels. */
final class SiteLabel {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private SiteLabel() {}

  static void check(String installation, String run, String label) {
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException(
          "installation '%s' and run '%s' make the label '%s'; expected at most 63 characters of a-z, 0-9 and '-'"
              .formatted(installation, run, label));
    }
  }
}
