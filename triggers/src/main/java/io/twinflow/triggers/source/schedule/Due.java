package io.twinflow.triggers.source.schedule;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What is due at one moment.
 *
 * @param taken the times that become events, in their order
 * @param left how many were missed, and become none
 * @param until the last time that has passed; the position if none has
 */
record Due(List<Instant> taken, int left, Instant until) {

  Due {
    taken = List.copyOf(taken);
  }

  /** Of a plan that has come as far as a position. */
  static Due of(Plan plan, Instant position, Instant now) {
    Instant timely = now.minus(plan.grace());
    Deque<Instant> missed = new ArrayDeque<>();
    List<Instant> taken = new ArrayList<>();
    int passed = 0;
    Instant until = position;
    int most =
        switch (plan.catchUp()) {
          case ALL -> plan.most();
          case LAST -> 1;
          case NONE -> 0;
        };
    Optional<Instant> next = plan.times().next(position);
    while (next.isPresent() && !next.get().isAfter(now)) {
      until = next.get();
      if (until.isBefore(timely)) {
        passed++;
        missed.addLast(until);
        if (missed.size() > most) {
          missed.removeFirst();
        }
      } else {
        taken.add(until);
      }
      next = plan.times().next(until);
    }
    taken.addAll(0, missed);
    return new Due(taken, passed - missed.size(), until);
  }
}
