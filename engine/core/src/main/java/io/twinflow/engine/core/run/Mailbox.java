package io.twinflow.engine.core.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The messages of a run: from any thread, and those that its loop sends itself for later. */
final class Mailbox {

  private record Later(Instant due, long order, Message message) {}

  private final LinkedBlockingQueue<Message> queue = new LinkedBlockingQueue<>();
  private final PriorityQueue<Later> later =
      new PriorityQueue<>(Comparator.comparing(Later::due).thenComparingLong(Later::order));
  private final Clock clock;
  private long order;

  Mailbox(Clock clock) {
    this.clock = clock;
  }

  /** From any thread. */
  void send(Message message) {
    queue.add(message);
  }

  /** From the loop's thread only. */
  void sendAt(Instant due, Message message) {
    later.add(new Later(due, order++, message));
  }

  boolean isEmpty() {
    return queue.isEmpty() && later.isEmpty();
  }

  /** The next message if there is one. */
  @Nullable Message poll() {
    Message message = queue.poll();
    return message == null ? due() : message;
  }

  /** Waits for the next message; null if none came in that time. */
  @Nullable Message take(Duration atMost) throws InterruptedException {
    Message now = poll();
    if (now != null) {
      return now;
    }
    Duration wait = atMost;
    Later next = later.peek();
    if (next != null) {
      Duration until = Duration.between(clock.instant(), next.due());
      wait = until.compareTo(wait) < 0 ? until : wait;
    }
    Message message = queue.poll(Math.max(wait.toNanos(), 1), TimeUnit.NANOSECONDS);
    return message == null ? due() : message;
  }

  private @Nullable Message due() {
    Later next = later.peek();
    if (next == null || next.due().isAfter(clock.instant())) {
      return null;
    }
    later.poll();
    return next.message();
  }
}
