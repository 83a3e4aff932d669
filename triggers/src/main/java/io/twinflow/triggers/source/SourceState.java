package io.twinflow.triggers.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a source is, in the words for its administrator.
 *
 * @param connected whether it receives now
 * @param since when that began
 * @param trouble why it does not receive, or what it waits for; null if all is well
 * @param taken messages since it was opened, those that came again too
 * @param lag messages that its broker has for it and has not given yet; null if it does not say
 */
public record SourceState(
    boolean connected, Instant since, @Nullable String trouble, long taken, @Nullable Long lag) {

  /** Of a source that nobody keeps messages for. */
  public SourceState(boolean connected, Instant since, @Nullable String trouble, long taken) {
    this(connected, since, trouble, taken, null);
  }
}
