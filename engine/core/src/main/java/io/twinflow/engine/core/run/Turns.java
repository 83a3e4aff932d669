package io.twinflow.engine.core.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shares a site's slots among the runs of an engine: a slot that is free goes to the subject that
 * has the fewest, and there to the run that has the fewest, so that nobody waits behind somebody
 * else's hundred thousand shards. Who is alone has all. Safe for many threads.
 */
public final class Turns {

  private final int slots;
  private final List<Seat> seats = new ArrayList<>();
  private final Map<String, Integer> taken = new HashMap<>();
  private int free;

  /**
   * @param slots attempts that may be at the site at one time
   */
  public Turns(int slots) {
    this.slots = slots;
    this.free = slots;
  }

  /**
   * A run joins.
   *
   * @param wake called, from any thread, when slots were set aside for it after it had to wait
   */
  public Seat enter(String subject, Runnable wake) {
    synchronized (this) {
      Seat seat = new Seat(subject, wake);
      seats.add(seat);
      return seat;
    }
  }

  int slots() {
    return slots;
  }

  /** Hands free slots out, one at a time; returns who got the first ones after waiting. */
  private List<Seat> share() {
    List<Seat> woken = new ArrayList<>();
    while (free > 0) {
      Seat next = next();
      if (next == null) {
        break;
      }
      if (next.aside == 0) {
        woken.add(next);
      }
      next.aside++;
      next.move(1);
    }
    return woken;
  }

  private @Nullable Seat next() {
    Seat best = null;
    for (Seat seat : seats) {
      if (seat.wanted > seat.aside && (best == null || seat.goesBefore(best))) {
        best = seat;
      }
    }
    return best;
  }

  /** One run's place. */
  public final class Seat implements AutoCloseable {

    private final String subject;
    private final Runnable wake;

    /** At the site or set aside. */
    private int has;

    private int aside;
    private int wanted;

    private Seat(String subject, Runnable wake) {
      this.subject = subject;
      this.wake = wake;
    }

    /**
     * Says what the run has at the site and could submit, and learns how many of these it may
     * submit now. For the others it is woken.
     */
    int settle(int atSite, int ready) {
      List<Seat> woken;
      int may;
      synchronized (Turns.this) {
        wanted = ready;
        int kept = Math.min(aside, ready);
        move(atSite + kept - has);
        aside = kept;
        woken = share();
        may = aside;
        aside = 0;
        wanted -= may;
      }
      for (Seat seat : woken) {
        if (seat != this) {
          seat.wake.run();
        }
      }
      return may;
    }

    private void move(int more) {
      has += more;
      free -= more;
      taken.merge(subject, more, Integer::sum);
    }

    private boolean goesBefore(Seat other) {
      int mine = taken.getOrDefault(subject, 0);
      int theirs = taken.getOrDefault(other.subject, 0);
      boolean alike = mine == theirs || subject.equals(other.subject);
      return alike ? has < other.has : mine < theirs;
    }

    /** The run leaves; what it had is free. */
    @Override
    public void close() {
      List<Seat> woken;
      synchronized (Turns.this) {
        if (!seats.remove(this)) {
          return;
        }
        move(-has);
        taken.remove(subject, 0);
        woken = share();
      }
      woken.forEach(seat -> seat.wake.run());
    }
  }
}
