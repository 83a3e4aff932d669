package io.twinflow.executors.local;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Tells whether the system has killed something for memory while an attempt ran. Many attempts may
 * begin in a second: they share one look at the kernel's count.
 */
final class MemoryKills {

  private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier count;
  private final LongSupplier nanoTime;
  private boolean looked;
  private long lately;
  private long lookedAt;

  MemoryKills() {
    this(Machine::outOfMemoryKills, System::nanoTime);
  }

  MemoryKills(LongSupplier count, LongSupplier nanoTime) {
    this.count = count;
    this.nanoTime = nanoTime;
  }

  /** Whether it has, from now on until somebody asks; or within the second before. */
  BooleanSupplier fromNow() {
    long before = lately();
    return () -> count.getAsLong() > before;
  }

  private synchronized long lately() {
    long now = nanoTime.getAsLong();
    if (!looked || now - lookedAt > FRESH) {
      looked = true;
      lookedAt = now;
      lately = count.getAsLong();
    }
    return lately;
  }
}
