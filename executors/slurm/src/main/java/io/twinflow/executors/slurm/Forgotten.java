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
   * How their jobs ended, as far as somebody knows. Each is asked for once: who wants to know more
   * adds it again.
   */
  Map<Followed, JobEnd> ends() throws SiteException {
    List<Followed> asked = List.copyOf(unasked);
    unasked.clear();
    if (asked.isEmpty()) {
      return Map.of();
    }
    try {
      Map<String, JobEnd> known = history.ends(asked);
      Map<Followed, JobEnd> ends = new LinkedHashMap<>();
      asked.forEach(one -> ends.put(one, known.getOrDefault(one.siteId(), JobEnd.UNKNOWN)));
      return ends;
    } catch (IOException e) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "the record of completed jobs cannot be read: " + e.getMessage(),
          e);
    }
  }
}
