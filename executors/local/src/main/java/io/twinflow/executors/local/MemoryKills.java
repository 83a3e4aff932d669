package io.twinflow.executors.local;

import java.util.concurrent.atomic.AtomicLong;

/** Tells whether the system has killed something for memory since it was last asked. */
final class MemoryKills {

  private final AtomicLong seen = new AtomicLong(Machine.outOfMemoryKills());

  boolean happened() {
    long now = Machine.outOfMemoryKills();
    return seen.getAndSet(now) < now;
  }
}
