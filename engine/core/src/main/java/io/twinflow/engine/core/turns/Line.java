package io.twinflow.engine.core.turns;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one subject that wait for slots at a site and may be chosen alike; where a workflow
 * is limited, its runs have a line of their own. What orders a seat must not change while it stands
 * here.
 */
final class Line {

  static final Comparator<Seat> URGENT =
      Comparator.comparingInt((Seat seat) -> -seat.who.priority())
          .thenComparingInt(seat -> seat.has)
          .thenComparingLong(seat -> seat.number);

  static final Comparator<Seat> PATIENT =
      Comparator.comparingLong((Seat seat) -> seat.unserved).thenComparingLong(seat -> seat.number);

  private final TreeSet<Seat> urgent = new TreeSet<>(URGENT);
  private final TreeSet<Seat> patient = new TreeSet<>(PATIENT);

  void add(Seat seat) {
    urgent.add(seat);
    patient.add(seat);
  }

  /** Null if nobody is left. */
  @Nullable Line without(Seat seat) {
    urgent.remove(seat);
    patient.remove(seat);
    return urgent.isEmpty() ? null : this;
  }

  Seat mostUrgent() {
    return urgent.first();
  }

  Seat mostPatient() {
    return patient.first();
  }
}
