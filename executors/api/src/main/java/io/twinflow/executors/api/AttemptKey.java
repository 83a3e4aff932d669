package io.twinflow.executors.api;

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

  public AttemptKey {
    SiteLabel.check(installation, run, value(installation, run, task, attempt));
  }

  public String value() {
    return value(installation, run, task, attempt);
  }

  private static String value(String installation, String run, long task, int attempt) {
    return "tf-" + installation + "-" + run + "-" + task + "-" + attempt;
  }

  @Override
  public String toString() {
    return value();
  }
}
