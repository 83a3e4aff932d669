package io.twinflow.engine.core.turns;

import io.twinflow.engine.core.turns.SlotLimits.Kind;
import io.twinflow.engine.core.turns.SlotLimits.Quota;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Shares the slots of sites among the runs of an engine: a slot that is free goes to the subject
 * that has the fewest, so that nobody waits behind somebody else's hundred thousand shards, and
 * there by {@linkplain SubjectTurns priority}. Who is alone has all, as far as the limits allow. A
 * slot costs the logarithm of the number of runs. Safe for many threads.
 */
public final class Turns {

  private static final String OTHERS = "";

  private final Map<String, Integer> slots;
  private final Set<Seat> seats = new LinkedHashSet<>();
  private final Map<String, SubjectTurns> subjects = new HashMap<>();
  private final TreeSet<SubjectTurns> waiting =
      new TreeSet<>(
          Comparator.comparingInt((SubjectTurns subject) -> subject.taken)
              .thenComparing(subject -> subject.name));
  private final Map<String, Integer> takenByWorkflow = new HashMap<>();
  private SlotLimits limits = SlotLimits.NONE;
  private final Map<String, Integer> takenBySite = new HashMap<>();
  private long entered;
  private long given;

  /**
   * @param slots attempts that may be at a site at one time, by its name
   */
  public Turns(Map<String, Integer> slots) {
    this.slots = Map.copyOf(slots);
  }

  /**
   * A run joins.
   *
   * @param wake called, from any thread, when slots were set aside for it after it had to wait
   */
  public synchronized Seat enter(Claimant who, Runnable wake) {
    SubjectTurns subject = subjects.computeIfAbsent(who.subject(), SubjectTurns::new);
    Seat seat = new Seat(this, who, subject, entered++, wake);
    seats.add(seat);
    subject.runs++;
    return seat;
  }

  public int slots(String site) {
    return slots.getOrDefault(site, 0);
  }

  /** From now on; what is at the site stays there, also if it is more. */
  public void limit(SlotLimits newLimits) {
    List<Seat> woken;
    synchronized (this) {
      limits = newLimits;
      // A workflow that is limited now, or no longer, has another line.
      seats.forEach(seat -> change(seat, () -> {}));
      woken = share();
    }
    woken.forEach(seat -> seat.wake.run());
  }

  int settle(Seat seat, int atSite, int ready) {
    List<Seat> woken;
    int may;
    synchronized (this) {
      change(
          seat,
          () -> {
            if (!seat.isWaiting()) {
              seat.unserved = given;
            }
            int kept = Math.min(seat.aside, ready);
            move(seat, atSite + kept - seat.has);
            seat.aside = kept;
            seat.wanted = ready;
          });
      woken = share();
      may = seat.aside;
      seat.aside = 0;
      seat.wanted -= may;
    }
    for (Seat other : woken) {
      if (other != seat) {
        other.wake.run();
      }
    }
    return may;
  }

  void leave(Seat seat) {
    List<Seat> woken;
    synchronized (this) {
      if (!seats.remove(seat)) {
        return;
      }
      change(
          seat,
          () -> {
            move(seat, -seat.has);
            seat.aside = 0;
            seat.wanted = 0;
          });
      seat.subject.runs--;
      if (seat.subject.runs == 0) {
        subjects.remove(seat.subject.name);
      }
      woken = share();
    }
    woken.forEach(other -> other.wake.run());
  }

  /** Hands free slots out, one at a time; returns who got the first ones after waiting. */
  private List<Seat> share() {
    List<Seat> woken = new ArrayList<>();
    while (isAnyFree()) {
      Seat next = next();
      if (next == null) {
        break;
      }
      if (next.aside == 0) {
        woken.add(next);
      }
      change(
          next,
          () -> {
            next.aside++;
            next.unserved = ++given;
            move(next, 1);
          });
    }
    return woken;
  }

  private boolean isAnyFree() {
    return slots.keySet().stream().anyMatch(site -> !isFull(site));
  }

  /** Whether no attempt more may go to a site now. */
  public synchronized boolean isFull(String site) {
    return taken(site) >= Math.min(slots(site), quota(Kind.SITE, site).here());
  }

  private int taken(String site) {
    return takenBySite.getOrDefault(site, 0);
  }

  private @Nullable Seat next() {
    for (SubjectTurns subject : waiting) {
      if (subject.taken < quota(Kind.SUBJECT, subject.name).here()) {
        Seat seat = subject.next(this::isFull);
        if (seat != null) {
          return seat;
        }
      }
    }
    return null;
  }

  private boolean isFull(LineName line) {
    return isFull(line.site())
        || takenByWorkflow.getOrDefault(line.workflow(), 0)
            >= quota(Kind.WORKFLOW, line.workflow()).here();
  }

  private Quota quota(Kind kind, String name) {
    return name.equals(OTHERS) ? Quota.NONE : limits.of(kind, name);
  }

  /** What orders the queues changes only while a seat stands in none. */
  private void change(Seat seat, Runnable change) {
    SubjectTurns subject = seat.subject;
    waiting.remove(subject);
    subject.remove(seat);
    change.run();
    if (seat.isWaiting()) {
      String workflow = seat.who.workflow();
      boolean limited = quota(Kind.WORKFLOW, workflow).isLimit();
      subject.add(new LineName(seat.who.site(), limited ? workflow : OTHERS), seat);
    }
    if (subject.isWaiting()) {
      waiting.add(subject);
    }
  }

  private void move(Seat seat, int more) {
    seat.has += more;
    seat.subject.taken += more;
    takenBySite.merge(seat.who.site(), more, Integer::sum);
    takenByWorkflow.merge(seat.who.workflow(), more, Integer::sum);
    takenByWorkflow.remove(seat.who.workflow(), 0);
  }

  /** The runs that wait for slots now. */
  public synchronized List<WaitingRun> waiting() {
    List<WaitingRun> all = new ArrayList<>();
    for (Seat seat : seats) {
      if (seat.isWaiting()) {
        all.add(why(seat));
      }
    }
    return all;
  }

  private WaitingRun why(Seat seat) {
    Claimant who = seat.who;
    return new WhyWaiting(who.run(), seat.wanted - seat.aside)
        .of(
            new WhyWaiting.Used(
                "subject", who.subject(), seat.subject.taken, quota(Kind.SUBJECT, who.subject())),
            new WhyWaiting.Used(
                "workflow",
                who.workflow(),
                takenByWorkflow.getOrDefault(who.workflow(), 0),
                quota(Kind.WORKFLOW, who.workflow())),
            new WhyWaiting.Used(
                "site", who.site(), taken(who.site()), quota(Kind.SITE, who.site())),
            slots(who.site()));
  }

  /** What is taken and wanted of each thing that could be limited. */
  public synchronized Map<Kind, Map<String, SlotUse>> use() {
    Map<Kind, Map<String, SlotUse>> use = new HashMap<>();
    for (Seat seat : seats) {
      SlotUse more = new SlotUse(seat.has, Math.max(0, seat.wanted - seat.aside));
      add(use, Kind.SITE, seat.who.site(), more);
      add(use, Kind.SUBJECT, seat.who.subject(), more);
      add(use, Kind.WORKFLOW, seat.who.workflow(), more);
    }
    return use;
  }

  private static void add(
      Map<Kind, Map<String, SlotUse>> use, Kind kind, String name, SlotUse more) {
    use.computeIfAbsent(kind, k -> new HashMap<>()).merge(name, more, SlotUse::plus);
  }
}
