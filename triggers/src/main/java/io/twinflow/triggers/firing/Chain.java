package io.twinflow.triggers.firing;

import io.cloudevents.CloudEvent;

/**
 * How many runs, each triggered by the end of the one before, led to an event. Triggers that fire
 * each other in a circle would go round for ever, and no document tells it.
 */
public final class Chain {

  /** The attribute of an event that says so. */
  public static final String ATTRIBUTE = "chain";

  /** What so many led to makes no run. */
  static final int MOST = 16;

  static final String TOO_LONG =
      "%d runs, each triggered by the end of the one before, led to this event, which looks like triggers that fire each other for ever; mend their filters, or replay it if that is meant"
          .formatted(MOST);

  private static final String NUMBER = "[0-9]{1,9}";

  private Chain() {}

  /** None for an event that does not say. */
  static int of(CloudEvent event) {
    Object said = event.getExtension(ATTRIBUTE);
    String text = said == null ? "" : said.toString();
    return text.matches(NUMBER) ? Integer.parseInt(text) : 0;
  }
}
