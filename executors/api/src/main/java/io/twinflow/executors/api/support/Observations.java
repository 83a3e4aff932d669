package io.twinflow.executors.api.support;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What has changed and was not told yet; of each attempt only the newest state is kept. */
public final class Observations {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<AttemptKey, TaskState> latest = new HashMap<>();
  private final Map<BatchKey, Map<AttemptKey, TaskState>> untold = new HashMap<>();
  private boolean askedAnew;

  public void tell(BatchKey batch, AttemptKey attempt, TaskState state) {
    lock.lock();
    try {
      if (isFinal(latest.get(attempt))) {
        return;
      }
      latest.put(attempt, state);
      untold.computeIfAbsent(batch, b -> new LinkedHashMap<>()).put(attempt, state);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Somebody asks anew: what was told before is told again. */
  public void tellAgain(BatchKey batch, Collection<AttemptKey> attempts) {
    lock.lock();
    try {
      for (AttemptKey attempt : attempts) {
        TaskState state = latest.get(attempt);
        if (state != null) {
          untold.computeIfAbsent(batch, b -> new LinkedHashMap<>()).put(attempt, state);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waits for news now does not know all that there is to wait for. */
  public void lookAgain() {
    lock.lock();
    try {
      askedAnew = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public Optional<TaskState> of(AttemptKey attempt) {
    lock.lock();
    try {
      return Optional.ofNullable(latest.get(attempt));
    } finally {
      lock.unlock();
    }
  }

  public List<Observation> take(Collection<BatchHandle> batches, Duration atMost)
      throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        List<Observation> news = takeNow(batches);
        if (!news.isEmpty() || askedAnew || left <= 0) {
          askedAnew = false;
          return news;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until an attempt has its final state. */
  public boolean awaitEnd(AttemptKey attempt, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!isFinal(latest.get(attempt))) {
        if (!changed.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  public void forget(AttemptKey attempt) {
    lock.lock();
    try {
      latest.remove(attempt);
    } finally {
      lock.unlock();
    }
  }

  private List<Observation> takeNow(Collection<BatchHandle> batches) {
    if (untold.isEmpty()) {
      return List.of();
    }
    List<Observation> news = new ArrayList<>();
    for (BatchHandle batch : batches) {
      Map<AttemptKey, TaskState> states = untold.remove(batch.key());
      if (states != null) {
        states.forEach((attempt, state) -> news.add(new Observation(attempt, state)));
      }
    }
    return news;
  }

  private static boolean isFinal(@org.jspecify.annotations.Nullable TaskState state) {
    return switch (state) {
      case null -> false;
      case TaskState.Queued queued -> false;
      case TaskState.Running running -> false;
      case TaskState.Ended ended -> true;
      case TaskState.Lost lost -> true;
    };
  }
}
