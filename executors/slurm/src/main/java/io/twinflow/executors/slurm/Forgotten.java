package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attempts whose job the controller does not know any more, until the history was asked. */
final class Forgotten {

  private final History history;
  private final List<Followed> unasked = new ArrayList<>();

  Forgotten(History history) {
    this.history = history;
  }

  /** Whether there is somebody to ask. */
  boolean mayBeKnown() {
    return history.isKept();
  }

  void add(Followed followed) {
    unasked.add(followed);
  }

  /**
   * How their jobs ended, empty if nobody knows. Each is asked for once: who wants to know more
   * adds it again.
   */
  Map<Followed, String> states() throws SiteException {
    List<Followed> asked = List.copyOf(unasked);
    unasked.clear();
    if (asked.isEmpty()) {
      return Map.of();
    }
    try {
      Map<String, String> known = history.states(asked);
      Map<Followed, String> states = new LinkedHashMap<>();
      asked.forEach(one -> states.put(one, known.getOrDefault(one.siteId(), "")));
      return states;
    } catch (IOException e) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "the record of completed jobs cannot be read: " + e.getMessage(),
          e);
    }
  }
}
