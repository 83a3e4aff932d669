package io.twinflow.engine.bpmn;

import java.time.Instant;

/**
 * Something that happened in an instance.
 *
 * @param number from 1, without gaps within the instance, in the order of commits
 * @param actor who or what caused it: a person, or {@code engine}
 * @param detail in a person's words
 */
public record News(
    String instance, long number, Kind kind, String actor, String detail, Instant at) {

  /** Of something that nobody in particular has done. */
  public static final String ENGINE = "engine";

  /** What happened. */
  public enum Kind {
    /** Something that a person may want to know. */
    NOTE,
    /** It is being cancelled. */
    CANCELLING,
    /** It has ended; how, its state says. Nothing comes after it. */
    ENDED
  }
}
