package io.twinflow.engine.postgres.queue;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.postgres.queue.Bound.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: that of the subject with the fewest running, and there of the run that would
 * have come first if each point of its priority were a minute. So nobody is starved: a run that has
 * waited for so many minutes more goes before any that came later.
 */
final class FairChoice {

  private record Group(String subject, String workflow) {}

  private final Bounds bounds;
  private final String site;
  private final Map<String, Integer> bySubject = new HashMap<>();
  private final Map<String, Integer> byWorkflow = new HashMap<>();
  private int running;

  /**
   * @param site whose limit of runs is that of all
   */
  FairChoice(Bounds bounds, String site) {
    this.bounds = bounds;
    this.site = site;
  }

  void count(String subject, String workflow, int runs) {
    bySubject.merge(subject, runs, Integer::sum);
    byWorkflow.merge(workflow, runs, Integer::sum);
    running += runs;
  }

  /**
   * @param queued in the order of their turns
   * @param room at most so many
   */
  List<RunId> choose(List<QueuedRun> queued, int room) {
    Map<Group, Deque<QueuedRun>> groups = new LinkedHashMap<>();
    for (QueuedRun run : queued) {
      groups
          .computeIfAbsent(new Group(run.subject(), run.workflow()), group -> new ArrayDeque<>())
          .add(run);
    }
    List<RunId> chosen = new ArrayList<>();
    while (chosen.size() < room && running < bounds.runs(Kind.SITE, site)) {
      Deque<QueuedRun> group = next(groups.values());
      if (group == null) {
        break;
      }
      QueuedRun next = group.remove();
      count(next.subject(), next.workflow(), 1);
      chosen.add(next.run());
    }
    return chosen;
  }

  /** The group whose first run has its turn. */
  private @Nullable Deque<QueuedRun> next(Iterable<Deque<QueuedRun>> groups) {
    Deque<QueuedRun> best = null;
    for (Deque<QueuedRun> group : groups) {
      if (!group.isEmpty()
          && mayStart(group.getFirst())
          && (best == null || goesBefore(group.getFirst(), best.getFirst()))) {
        best = group;
      }
    }
    return best;
  }

  private boolean mayStart(QueuedRun run) {
    return of(bySubject, run.subject()) < bounds.runs(Kind.SUBJECT, run.subject())
        && of(byWorkflow, run.workflow()) < bounds.runs(Kind.WORKFLOW, run.workflow());
  }

  private boolean goesBefore(QueuedRun one, QueuedRun other) {
    int mine = of(bySubject, one.subject());
    int theirs = of(bySubject, other.subject());
    return mine == theirs ? one.turn() < other.turn() : mine < theirs;
  }

  private static int of(Map<String, Integer> counts, String name) {
    return counts.getOrDefault(name, 0);
  }
}
