package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The attempts whose end is not known, and whose turn it is: first come, first served. */
final class Flights {

  private final Observations observations;
  private final Clock clock;
  private final Limits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<AttemptKey, Flight> open = new LinkedHashMap<>();
  private double freeCores;
  private long freeMemoryMiB;
  private int freeCalls;
  private @Nullable SiteException trouble;
  private boolean closed;

  Flights(Observations observations, Clock clock, Limits limits) {
    this.observations = observations;
    this.clock = clock;
    this.limits = limits;
    this.freeCores = limits.cores();
    this.freeMemoryMiB = limits.memoryMiB();
    this.freeCalls = limits.calls();
  }

  void add(List<Attempt> more) {
    lock.lock();
    try {
      more.forEach(a -> open.putIfAbsent(a.key(), new Flight(a, clock.instant())));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for one whose turn it is; empty when there will be no more. */
  Optional<Flight> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Optional<Flight> first = open.values().stream().filter(f -> !f.isAdmitted()).findFirst();
        if (first.isPresent() && fits(first.get().attempt().call())) {
          reserve(first.get(), 1);
          first.get().admit();
          // Whoever looks at those that were admitted may have found none.
          changed.signalAll();
          return first;
        }
        changed.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(Call call) {
    return freeCalls > 0 && call.cores() <= freeCores + 1e-6 && call.memoryMiB() <= freeMemoryMiB;
  }

  private void reserve(Flight flight, int sign) {
    freeCores -= sign * flight.attempt().call().cores();
    freeMemoryMiB -= sign * flight.attempt().call().memoryMiB();
    freeCalls -= sign;
  }

  Optional<Flight> of(AttemptKey attempt) {
    lock.lock();
    try {
      return Optional.ofNullable(open.get(attempt));
    } finally {
      lock.unlock();
    }
  }

  /** Those that the site may have. */
  List<Flight> admitted() {
    lock.lock();
    try {
      return open.values().stream().filter(Flight::isAdmitted).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Looks at an attempt, or changes it; false if its end is known. */
  boolean with(Flight flight, Predicate<Flight> action) {
    lock.lock();
    try {
      return open.containsKey(flight.attempt().key()) && action.test(flight);
    } finally {
      lock.unlock();
    }
  }

  boolean isOpen(Flight flight) {
    return with(flight, f -> true);
  }

  /** It goes on; told if that is news. */
  void goesOn(Flight flight, Flight.Phase phase, TaskState state) {
    boolean open =
        with(
            flight,
            f -> {
              if (phase.compareTo(f.phase()) >= 0) {
                f.enter(phase, clock.instant());
              }
              return phase == f.phase();
            });
    if (open && !observations.of(flight.attempt().key()).equals(Optional.of(state))) {
      observations.tell(flight.attempt().batch(), flight.attempt().key(), state);
    }
  }

  void end(Flight flight, TaskState state) {
    lock.lock();
    try {
      if (open.remove(flight.attempt().key()) == null) {
        return;
      }
      if (flight.isAdmitted()) {
        reserve(flight, -1);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    observations.tell(flight.attempt().batch(), flight.attempt().key(), state);
  }

  /**
   * Waits at most that long; sooner if the attempt has ended. False when there is nothing more to
   * wait for.
   */
  boolean pause(Flight flight, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (left > 0 && !closed && open.containsKey(flight.attempt().key())) {
        left = changed.awaitNanos(left);
      }
      return !closed && open.containsKey(flight.attempt().key());
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to look at, and then for the time between two looks. */
  boolean awaitTurn() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limits.poll().toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      while (!closed && open.values().stream().noneMatch(Flight::isAdmitted)) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  void setTrouble(@Nullable SiteException e) {
    lock.lock();
    try {
      trouble = e;
    } finally {
      lock.unlock();
    }
    if (e != null) {
      observations.lookAgain();
    }
  }

  /** What kept the site from answering last time; told once. */
  void throwTrouble() throws SiteException {
    lock.lock();
    try {
      SiteException told = trouble;
      trouble = null;
      if (told != null) {
        throw told;
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
