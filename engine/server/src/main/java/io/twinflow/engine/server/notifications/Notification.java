package io.twinflow.engine.server.notifications;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody's wish to be told of a run, and what became of it. */
public record Notification(
    String id, String subject, Target target, Instant created, List<Notice> notices) {

  /**
   * @param tries how often it was sent, or tried to be
   * @param problem of the last try; null if there was none
   * @param told when it was taken; null if it was not
   * @param givenUp when it was tried for the last time; null if it was not given up
   */
  public record Notice(
      ToldState state,
      int tries,
      @Nullable String problem,
      @Nullable Instant told,
      @Nullable Instant givenUp) {}

  public Notification {
    notices = List.copyOf(notices);
  }
}
