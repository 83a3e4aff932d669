package io.twinflow.triggers.inbox;

import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event that is to be kept.
 *
 * @param refused why it is kept for people alone, and no trigger is to see it; null if they are
 */
public record Arrival(CloudEvent event, @Nullable String refused) {

  public static Arrival of(CloudEvent event) {
    return new Arrival(event, null);
  }
}
