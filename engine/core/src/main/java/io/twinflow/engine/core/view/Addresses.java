package io.twinflow.engine.core.view;

import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Place;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns places into addresses such as {@code /calibrate[17]/loop#3/simulate}. Knows the open scopes
 * only, so that its size follows what is going on and not what has been.
 */
public final class Addresses {

  private static final long ROOT = 0;

  private final Map<Long, String> scopes = new HashMap<>(Map.of(ROOT, ""));

  /** Must see each event before an address in it is asked for. */
  public void accept(Event event) {
    if (event instanceof Event.ScopeOpened opened) {
      scopes.put(opened.scope(), of(opened.place()));
    }
  }

  /** Forgets a scope that has ended; call it after everything about that event is done. */
  public void forget(Event event) {
    if (event instanceof Event.ScopeSucceeded ended && ended.scope() != ROOT) {
      scopes.remove(ended.scope());
    } else if (event instanceof Event.ScopeFailed ended && ended.scope() != ROOT) {
      scopes.remove(ended.scope());
    }
  }

  /** The address of an invocation in an open scope. */
  public String of(Place place) {
    return ofScope(place.scope())
        + "/"
        + place.step()
        + (place.shard() < 0 ? "" : "[" + place.shard() + "]")
        + (place.iteration() < 0 ? "" : "#" + place.iteration());
  }

  /** The address of an open scope; empty for the root. */
  public String ofScope(long scope) {
    return scopes.getOrDefault(scope, "/(scope " + scope + ")");
  }
}
