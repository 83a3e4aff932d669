package io.twinflow.executors.local;

import java.util.HashSet;
import java.util.Set;

/** Which attempts have run beside others. */
final class Neighbours<T> {

  private final Set<T> running = new HashSet<>();
  private final Set<T> beside = new HashSet<>();

  synchronized void starts(T one) {
    running.add(one);
    if (running.size() > 1) {
      beside.addAll(running);
    }
  }

  /** Whether it has had one at any time; until it has ended. */
  synchronized boolean had(T one) {
    return beside.contains(one);
  }

  synchronized void ends(T one) {
    running.remove(one);
    beside.remove(one);
  }
}
