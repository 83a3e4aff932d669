package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.journal.JournalStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which runs continue which. A run that has not ended still reads what the runs before it made, as
 * it adopts finished tasks with their files where they are. Safe for many threads.
 */
final class Continuations {

  /**
   * @param before the run that it continues
   */
  private record Link(Optional<RunId> before, boolean ended) {
    static final Link UNREADABLE = new Link(Optional.empty(), true);
  }

  private final JournalStore store;

  /** A run that has ended stays as it is. */
  private final Map<RunId, Link> ended = new HashMap<>();

  Continuations(JournalStore store) {
    this.store = store;
  }

  /** A run that has not ended and continues the given one, directly or over others. */
  synchronized Optional<RunId> openAfter(RunId run) throws IOException {
    List<RunId> runs = store.runs();
    Map<RunId, Link> links = new HashMap<>();
    for (RunId each : runs) {
      links.put(each, link(each));
    }
    for (RunId each : runs) {
      if (!each.equals(run)
          && !links.getOrDefault(each, Link.UNREADABLE).ended()
          && comesAfter(each, run, links)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static boolean comesAfter(RunId run, RunId first, Map<RunId, Link> links) {
    Set<RunId> seen = new HashSet<>();
    Optional<RunId> at = Optional.of(run);
    while (at.isPresent() && seen.add(at.get())) {
      if (at.get().equals(first)) {
        return true;
      }
      at = links.getOrDefault(at.get(), Link.UNREADABLE).before();
    }
    return false;
  }

  private Link link(RunId run) {
    Link known = ended.get(run);
    if (known != null) {
      return known;
    }
    Link found = read(run);
    if (found.ended()) {
      ended.put(run, found);
    }
    return found;
  }

  /** What cannot be read does not go on and keeps nothing. */
  private Link read(RunId run) {
    AtomicReference<Link> link = new AtomicReference<>(Link.UNREADABLE);
    try {
      store.readEnds(
          run,
          envelope -> {
            if (envelope.event() instanceof Event.RunCreated created) {
              link.set(new Link(created.continues(), false));
            } else if (envelope.event() instanceof Event.RunEnded) {
              link.set(new Link(link.get().before(), true));
            }
          });
    } catch (IOException e) {
      System.getLogger(Continuations.class.getName())
          .log(System.Logger.Level.DEBUG, "{0} cannot be read: {1}", run, e.getMessage());
    }
    return link.get();
  }
}
