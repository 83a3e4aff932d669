package io.twinflow.executors.api;

/**
 * Names one submission. Journaled before the call to the site, so that a lost answer can be looked
 * up. A label of at most 63 characters, like {@link AttemptKey}.
 *
 * @param batch the batch's number within the run, from 1
 */
public record BatchKey(String installation, String run, long batch) {

  public BatchKey {
    SiteLabel.check(installation, run, "tf-" + installation + "-" + run + "-b" + batch);
  }

  public String value() {
    return "tf-" + installation + "-" + run + "-b" + batch;
  }

  @Override
  public String toString() {
    return value();
  }
}
