package io.twinflow.triggers.source.broker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the thread of a client delivers, until the thread of the source comes for it. Bounded: who
 * delivers too much waits.
 */
public final class Arrivals<T> {

  /** A batch has no more bytes than that, or is one message. */
  private static final long MOST_BYTES = 8L << 20;

  private final int most;
  private final ToIntFunction<T> bytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<T> waiting = new ArrayDeque<>();
  private @Nullable Trouble lost;

  /**
   * @param most in a batch, and so many wait
   * @param bytes of one
   */
  public Arrivals(int most, ToIntFunction<T> bytes) {
    this.most = most;
    this.bytes = bytes;
  }

  /** Waits for room. What comes after the connection was lost is dropped: it comes again. */
  public void deliver(T one) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.size() >= most && lost == null) {
        changed.await();
      }
      if (lost == null) {
        waiting.add(one);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The connection is gone, and what still waits with it. The first reason stays. */
  public void lose(Trouble why) {
    lock.lock();
    try {
      lost = lost == null ? why : lost;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * @throws Trouble if the connection is lost
   */
  public void check() throws Trouble {
    lock.lock();
    try {
      if (lost != null) {
        throw lost;
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is there, in its order; waits only while there is nothing. */
  public List<T> batch(Duration atMost) throws Trouble, InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && lost == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (lost != null) {
        throw lost;
      }
      return taken();
    } finally {
      lock.unlock();
    }
  }

  private List<T> taken() {
    List<T> batch = new ArrayList<>();
    long sum = 0;
    for (T next = waiting.peek(); next != null && batch.size() < most; next = waiting.peek()) {
      sum += bytes.applyAsInt(next);
      if (sum > MOST_BYTES && !batch.isEmpty()) {
        break;
      }
      batch.add(waiting.remove());
    }
    changed.signalAll();
    return batch;
  }
}
