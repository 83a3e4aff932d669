package io.twinflow.engine.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Ctrl-C, and what a system sends when it shuts down. The first asks the run to end in good order;
 * the second ends everything at once, and {@code resume} cleans up.
 */
final class OnSignals {

  private static final int SIGNAL_BASE = 128;

  private OnSignals() {}

  static void install(Twinflow twinflow, PrintStream err) {
    AtomicInteger seen = new AtomicInteger();
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Signal.handle(
          new Signal(name),
          signal -> {
            boolean first = seen.incrementAndGet() == 1;
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
