package io.twinflow.engine.core.journal;

import java.io.IOException;

/** What became of an append. */
public sealed interface Appended {

  /**
   * The events are durable.
   *
   * @param head the sequence of the last one
   */
  record Accepted(long head) implements Appended {}

  /** Nothing was written: another owner, or another event in this place. */
  record Refused(String reason) implements Appended {}

  /**
   * The write failed, or its answer was lost: look the append up ({@link Journal#find}) or open the
   * journal anew before believing anything.
   */
  record Unknown(IOException cause) implements Appended {}
}
