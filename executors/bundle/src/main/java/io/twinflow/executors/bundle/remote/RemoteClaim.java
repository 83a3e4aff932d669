package io.twinflow.executors.bundle.remote;

import java.util.Optional;

/**
 * What the copy that runs an attempt has put as its claim.
 *
 * @param nonce of the copy
 * @param job what the site calls it; empty if it did not say
 */
record RemoteClaim(String nonce, String job) {

  private static final int LONGEST = 200;

  RemoteClaim {
    job = job.length() > LONGEST ? job.substring(0, LONGEST) : job;
  }

  String text() {
    return "by=%s\njob=%s\n".formatted(nonce, job);
  }

  /** Empty for a revocation. */
  static Optional<RemoteClaim> read(String text) {
    String[] lines = text.split("\n", -1);
    return lines[0].startsWith("by=")
        ? Optional.of(
            new RemoteClaim(
                lines[0].substring("by=".length()),
                lines.length > 1 && lines[1].startsWith("job=")
                    ? lines[1].substring("job=".length())
                    : ""))
        : Optional.empty();
  }
}
