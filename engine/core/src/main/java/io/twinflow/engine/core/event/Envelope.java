package io.twinflow.engine.core.event;

import io.twinflow.engine.core.RunId;
import java.time.Instant;

/**
 * An event as it stands in the journal (DESIGN.md, rule 1).
 *
 * @param tenant {@link #ONLY_TENANT} until there are several
 * @param sequence from 1, without gaps within a run
 * @param time UTC; informative: nothing is decided by it
 * @param actor who or what caused it: a subject, or {@code engine}
 * @param engineVersion of the engine that wrote it
 */
public record Envelope(
    String tenant,
    RunId run,
    long sequence,
    Instant time,
    String actor,
    String engineVersion,
    Event event) {

  /** The tenant of everything, until there are several. */
  public static final String ONLY_TENANT = "default";
}
