package io.twinflow.engine.server.boot;

import java.util.concurrent.atomic.AtomicLong;
import sun.misc.Signal;

/**
 * Ctrl-C, and what a system sends when it shuts down. The first hands runs over and stops the
 * database; another, later one ends everything at once, and the next start goes on from the
 * journal. Who stops a process and its group sends the same signal twice within a moment and means
 * it once.
 */
final class OnSignals {

  private static final int SIGNAL_BASE = 128;
  private static final long MOMENT_NANOS = 300_000_000;

  private OnSignals() {}

  static void install() {
    AtomicLong firstAt = new AtomicLong(Long.MIN_VALUE);
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Signal.handle(new Signal(name), signal -> heard(signal, firstAt));
    }
  }

  private static void heard(Signal signal, AtomicLong firstAt) {
    long now = System.nanoTime();
    int code = SIGNAL_BASE + signal.getNumber();
    if (firstAt.compareAndSet(Long.MIN_VALUE, now)) {
      Announcement.say("Stopping: runs are handed over; once more to stop at once.");
      Thread.ofPlatform().name("stop").start(() -> System.exit(code));
      return;
    }
    if (now - firstAt.get() > MOMENT_NANOS) {
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().halt(code);
    }
  }
}
