package io.twinflow.triggers.inbox;

import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event that is to be kept.
 *
 * @param refused why it is kept for people alone, and no trigger is to see it; null if they are
 * @param audience whose triggers alone are to see it; null for all that may see its sender's
 */
public record Arrival(CloudEvent event, @Nullable String refused, @Nullable String audience) {

  public static Arrival of(CloudEvent event) {
    return new Arrival(event, null, null);
  }
}
