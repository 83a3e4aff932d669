package io.twinflow.executors.api;

import java.time.Instant;

/**
 * What a site says about an attempt. A site that cannot be asked says nothing: that is no state.
 */
public sealed interface TaskState {

  /**
   * Waiting at the site.
   *
   * @param reason in the site's words
   */
  record Queued(String reason) implements TaskState {}

  record Running(Instant since, String host) implements TaskState {}

  /** It ended and left a result; final. */
  record Ended(TaskResult result) implements TaskState {}

  /** It is gone and will never have a result; final. An infrastructure failure. */
  record Lost(String reason) implements TaskState {}
}
