package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.FailureKind;
import java.time.Duration;

/** What a site answered to the call that starts an attempt. */
public sealed interface Sent {

  /** It has the attempt, and will run it. */
  record Taken() implements Sent {}

  /**
   * The attempt is over, here or where it was started before.
   *
   * @param words of the site, should there be no result
   */
  record Over(String words) implements Sent {}

  /** It will never take this attempt. */
  record Refused(FailureKind kind, String reason) implements Sent {}

  /**
   * Not now.
   *
   * @param after at the earliest; zero if the site does not say
   * @param words why, for people
   * @param parked the work waits for a person, however long that takes
   */
  record Later(Duration after, String words, boolean parked) implements Sent {}
}
