package io.twinflow.workflowdefs.expression.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where evaluations wait: owners take turns, whatever each has waiting. */
final class Line {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition waiting = lock.newCondition();
  private final LinkedHashMap<String, Deque<Job>> owners = new LinkedHashMap<>();
  private final int workers;
  private int length;
  private boolean closed;

  /**
   * @param workers who share what is waiting
   */
  Line(int workers) {
    this.workers = workers;
  }

  void add(Job job) {
    put(job, false);
  }

  /** Back to the front, in the order they had. */
  void putBack(List<Job> jobs) {
    jobs.reversed().forEach(job -> put(job, true));
  }

  private void put(Job job, boolean first) {
    lock.lock();
    try {
      if (closed) {
        refuse(job);
        return;
      }
      Deque<Job> jobs = owners.computeIfAbsent(job.owner(), _ -> new ArrayDeque<>());
      if (first) {
        jobs.addFirst(job);
      } else {
        jobs.addLast(job);
      }
      length++;
      waiting.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next jobs of the owner whose turn it is; empty if there are none for so long.
   *
   * @param most at most so many, and no more than leaves the other workers their share
   */
  List<Job> take(int most, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (owners.isEmpty() && left > 0) {
        left = waiting.awaitNanos(left);
      }
      List<Job> taken = new ArrayList<>();
      Map.Entry<String, Deque<Job>> turn = owners.pollFirstEntry();
      if (turn != null) {
        int share = Math.min(most, Math.ceilDiv(length, workers));
        Job job = turn.getValue().poll();
        while (job != null) {
          taken.add(job);
          job = taken.size() < share ? turn.getValue().poll() : null;
        }
        length -= taken.size();
        if (!turn.getValue().isEmpty()) {
          owners.putLast(turn.getKey(), turn.getValue());
        }
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  int length() {
    lock.lock();
    try {
      return length;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      owners.values().forEach(jobs -> jobs.forEach(Line::refuse));
      owners.clear();
      length = 0;
    } finally {
      lock.unlock();
    }
  }

  static void refuse(Job job) {
    job.answer().completeExceptionally(new IllegalStateException("the evaluators are stopped"));
  }
}
