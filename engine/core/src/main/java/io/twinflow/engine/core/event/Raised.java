package io.twinflow.engine.core.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a task gets that ran out of memory or of its site's time.
 *
 * @param memoryMiB mebibytes; 0 for what its definition asks for
 * @param time of wall time, in whole seconds; null for what the site gives by itself
 * @param reason for people: how much of what, and how much was too little
 */
public record Raised(long memoryMiB, @Nullable Duration time, String reason) {

  /** As its definition says. */
  public static final Raised NOT = new Raised(0, null, "");
}
