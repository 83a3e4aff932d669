package io.twinflow.engine.core.run;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Observes all open batches of a site, for all runs, by one call at a time (DESIGN.md, rule 9).
 * When the site cannot be asked it waits longer and longer before it asks again, and nobody takes
 * silence for a failure.
 */
public final class SiteMonitor implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private static final class Watch {
    final BatchHandle handle;
    final Consumer<Message> to;
    final Set<AttemptKey> open;

    Watch(BatchHandle handle, Consumer<Message> to) {
      this.handle = handle;
      this.to = to;
      this.open = new HashSet<>(handle.attempts());
    }
  }

  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<BatchKey, Watch> watches = new LinkedHashMap<>();
  private final Map<AttemptKey, Watch> byAttempt = new HashMap<>();
  private @Nullable Thread thread;
  private int failures;
  private boolean closed;

  public SiteMonitor(Executor executor) {
    this.executor = executor;
  }

  /** Starts the thread that observes; without it somebody calls {@link #look}. */
  public void start() {
    Thread observer = new Thread(this::observe, "observe-" + executor.site());
    observer.setDaemon(true);
    thread = observer;
    observer.start();
  }

  void watch(BatchHandle handle, Consumer<Message> to) {
    lock.lock();
    try {
      Watch watch = new Watch(handle, to);
      watches.put(handle.key(), watch);
      handle.attempts().forEach(attempt -> byAttempt.put(attempt, watch));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    executor.lookAgain();
  }

  /** A run has ended, or this engine has lost it. */
  public void forget(String run) {
    lock.lock();
    try {
      watches.values().removeIf(watch -> watch.handle.key().run().equals(run));
      byAttempt.keySet().removeIf(attempt -> attempt.run().equals(run));
    } finally {
      lock.unlock();
    }
  }

  private void observe() {
    try {
      while (awaitWork()) {
        try {
          look(LOOK);
        } catch (SiteException e) {
          pause();
        } catch (RuntimeException | Error e) {
          park(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A defect of the executor stops the runs that have something there, and no later one. */
  private void park(Throwable cause) {
    Set<Consumer<Message>> all = everybody();
    lock.lock();
    try {
      watches.clear();
      byAttempt.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(to -> to.accept(new Message.Crashed(cause)));
  }

  private boolean awaitWork() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (watches.isEmpty() && !closed) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void pause() throws InterruptedException {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, 10));
    Thread.sleep(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  /** Asks the site once, and tells each run what concerns it. */
  public void look(Duration atMost) throws SiteException, InterruptedException {
    List<Observation> news;
    try {
      news = executor.observe(handles(), atMost);
    } catch (SiteException e) {
      failures++;
      if (failures == 1) {
        everybody().forEach(to -> to.accept(new Message.SiteTrouble(executor.site(), trouble(e))));
      }
      throw e;
    }
    failures = 0;
    Map<Watch, List<Observation>> sorted = new LinkedHashMap<>();
    lock.lock();
    try {
      for (Observation observation : news) {
        Watch watch = byAttempt.get(observation.attempt());
        if (watch != null) {
          sorted.computeIfAbsent(watch, w -> new ArrayList<>()).add(observation);
          if (isFinal(observation.state())) {
            end(watch, observation.attempt());
          }
        }
      }
    } finally {
      lock.unlock();
    }
    sorted.forEach((watch, seen) -> watch.to.accept(new Message.Observed(seen)));
  }

  private String trouble(SiteException e) {
    return "site %s cannot be asked (%s); its tasks may go on, and it is asked again and again"
        .formatted(executor.site(), e.getMessage());
  }

  private List<BatchHandle> handles() {
    lock.lock();
    try {
      return watches.values().stream().map(watch -> watch.handle).toList();
    } finally {
      lock.unlock();
    }
  }

  private Set<Consumer<Message>> everybody() {
    lock.lock();
    try {
      Set<Consumer<Message>> all = new HashSet<>();
      watches.values().forEach(watch -> all.add(watch.to));
      return all;
    } finally {
      lock.unlock();
    }
  }

  private void end(Watch watch, AttemptKey attempt) {
    byAttempt.remove(attempt);
    watch.open.remove(attempt);
    if (watch.open.isEmpty()) {
      watches.remove(watch.handle.key());
    }
  }

  private static boolean isFinal(TaskState state) {
    return switch (state) {
      case TaskState.Queued _ -> false;
      case TaskState.Running _ -> false;
      case TaskState.Ended _ -> true;
      case TaskState.Lost _ -> true;
    };
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Thread observer = thread;
    if (observer != null) {
      observer.interrupt();
    }
  }
}
