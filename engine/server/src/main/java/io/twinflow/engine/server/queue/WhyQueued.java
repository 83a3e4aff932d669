package io.twinflow.engine.server.queue;

import io.twinflow.engine.postgres.queue.Bound.Kind;
import io.twinflow.engine.postgres.queue.Bounds;
import java.util.Map;

/**
 * Why a run does not have its turn yet.
 *
 * @param running runs that have had their turn and have not ended, by subject and by workflow
 */
record WhyQueued(
    Bounds bounds, String site, Map<String, Integer> bySubject, Map<String, Integer> byWorkflow) {

  Waiting of(String subject, String workflow, long position) {
    int running = bySubject.values().stream().mapToInt(Integer::intValue).sum();
    if (bySubject.getOrDefault(subject, 0) >= bounds.runs(Kind.SUBJECT, subject)) {
      return limit(Kind.SUBJECT, subject);
    }
    if (byWorkflow.getOrDefault(workflow, 0) >= bounds.runs(Kind.WORKFLOW, workflow)) {
      return limit(Kind.WORKFLOW, workflow);
    }
    if (running >= bounds.runs(Kind.SITE, site)) {
      return limit(Kind.SITE, site);
    }
    return Waiting.of(
        "turn",
        position > 1
            ? "%d runs come before it".formatted(position - 1)
            : "starts as soon as a server takes it up");
  }

  private Waiting limit(Kind kind, String name) {
    return Waiting.of(
        "limit." + kind.word(),
        "limit of the %s %s: %d runs at once"
            .formatted(kind.word(), name, bounds.runs(kind, name)));
  }
}
