package io.twinflow.engine.core.turns;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.turns.SlotLimits.Quota;

/**
 * Says why a run gets no slot, by the first thing that is full.
 *
 * @param tasks so many wait
 */
record WhyWaiting(RunId run, int tasks) {

  /** Something that may be limited, and what is taken of it. */
  record Used(String kind, String name, int taken, Quota quota) {

    boolean isFull() {
      return taken >= quota.here();
    }

    String reason() {
      return quota.here() == quota.all()
          ? "limit of the %s %s: %d tasks at once".formatted(kind, name, quota.all())
          : "limit of the %s %s: %d tasks at once, of which this server has %d now"
              .formatted(kind, name, quota.all(), quota.here());
    }
  }

  WaitingRun of(Used subject, Used workflow, Used site, int slots) {
    for (Used used : new Used[] {subject, workflow, site}) {
      if (used.isFull()) {
        return new WaitingRun(run, tasks, "limit." + used.kind(), used.reason());
      }
    }
    return new WaitingRun(
        run,
        tasks,
        "site.busy",
        "site %s is busy: %d of its %d slots are taken"
            .formatted(site.name(), site.taken(), slots));
  }
}
