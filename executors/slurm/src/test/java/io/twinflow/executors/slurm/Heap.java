package io.twinflow.executors.slurm;

import java.lang.management.ManagementFactory;

/** What is alive in this program. */
final class Heap {

  private static final double MIB = 1 << 20;
  private static final int MOST_LOOKS = 30;

  /** Looks that find no less than the one before. */
  private static final int STABLE = 3;

  private Heap() {}

  /** In MiB; after collections that freed nothing more, as caches and cleaners need several. */
  static double used() {
    double least = Double.MAX_VALUE;
    int same = 0;
    for (int look = 0; look < MOST_LOOKS && same < STABLE; look++) {
      System.gc();
      double now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
      same = now < least - 0.05 ? 0 : same + 1;
      least = Math.min(least, now);
    }
    return least;
  }
}
