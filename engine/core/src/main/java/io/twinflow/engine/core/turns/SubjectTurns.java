package io.twinflow.engine.core.turns;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one subject. The highest priority goes first, and among equals the run that has the
 * fewest slots; but of ten slots at least one goes to the run that has gone without for the
 * longest, so that no priority is ever starved by a higher one.
 */
final class SubjectTurns {

  /** So many slots may be given past a run of lower priority. */
  static final int PASSES = 8;

  final String name;

  /** At the site or set aside, over all its runs. */
  int taken;

  int runs;

  private final Map<LineName, Line> lines = new HashMap<>();
  private int passed;

  SubjectTurns(String name) {
    this.name = name;
  }

  void add(LineName line, Seat seat) {
    lines.computeIfAbsent(line, name -> new Line()).add(seat);
    seat.line = line;
  }

  void remove(Seat seat) {
    lines.computeIfPresent(seat.line, (name, line) -> line.without(seat));
  }

  boolean isWaiting() {
    return !lines.isEmpty();
  }

  /** Who is given the next slot; nobody if all its lines are full. */
  @Nullable Seat next(Predicate<LineName> isFull) {
    Seat urgent = null;
    Seat patient = null;
    for (Map.Entry<LineName, Line> entry : lines.entrySet()) {
      if (!isFull.test(entry.getKey())) {
        Line line = entry.getValue();
        urgent = first(Line.URGENT, urgent, line.mostUrgent());
        patient = first(Line.PATIENT, patient, line.mostPatient());
      }
    }
    if (urgent == null || patient == null || patient.who.priority() >= urgent.who.priority()) {
      return urgent;
    }
    passed++;
    if (passed <= PASSES) {
      return urgent;
    }
    passed = 0;
    return patient;
  }

  private static Seat first(Comparator<Seat> order, @Nullable Seat one, Seat other) {
    return one == null || order.compare(other, one) < 0 ? other : one;
  }
}
