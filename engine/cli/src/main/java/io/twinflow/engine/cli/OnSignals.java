package io.twinflow.engine.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import sun.misc.Signal;

/**
 * Ctrl-C, and what a system sends when it shuts down. The first asks the run to end in good order;
 * another, later one ends everything at once, and {@code resume} cleans up. Who stops a process and
 * its group (as {@code timeout} does) sends the same signal twice within a moment and means it
 * once.
 */
final class OnSignals {

  private static final int SIGNAL_BASE = 128;
  private static final long MOMENT_NANOS = 300_000_000;

  private OnSignals() {}

  static void install(Twinflow twinflow, PrintStream err) {
    AtomicLong firstAt = new AtomicLong(Long.MIN_VALUE);
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Signal.handle(
          new Signal(name),
          signal -> {
            long now = System.nanoTime();
            boolean first = firstAt.compareAndSet(Long.MIN_VALUE, now);
            if (!first && now - firstAt.get() < MOMENT_NANOS) {
              return;
            }
            if (!first || !twinflow.interrupt()) {
              if (!first) {
                err.println("twinflow: stopped at once");
              }
              ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
              Runtime.getRuntime().halt(SIGNAL_BASE + signal.getNumber());
            }
          });
    }
  }
}
