package io.twinflow.engine.core.run;

import java.util.HashSet;
import java.util.Set;

/**
 * Work that a cancel makes useless: its threads are interrupted then, and those that come later.
 */
final class Breakable {

  private final Set<Thread> inside = new HashSet<>();
  private boolean broken;

  /** This thread may be interrupted from here on. */
  synchronized void enter() {
    inside.add(Thread.currentThread());
    if (broken) {
      Thread.currentThread().interrupt();
    }
  }

  /** No interrupt comes any more, and none is left. */
  synchronized void leave() {
    inside.remove(Thread.currentThread());
    Thread.interrupted();
  }

  synchronized void breakOff() {
    broken = true;
    inside.forEach(Thread::interrupt);
  }
}
