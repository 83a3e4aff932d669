package io.twinflow.engine.server.notifications;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody can be told of a run; each is told at most once. */
public enum ToldState {
  /** It was taken up. */
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /** A person has not done a task of it in time. */
  OVERDUE;

  public static Optional<ToldState> of(String text) {
    return Arrays.stream(values()).filter(state -> state.text().equals(text)).findFirst();
  }

  /** Whether the run is over by then. */
  boolean isEnd() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** As people write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
