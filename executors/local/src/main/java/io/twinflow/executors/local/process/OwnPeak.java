package io.twinflow.executors.local.process;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The largest resident set this program ever had; it only grows, so most questions need no look.
 */
final class OwnPeak {

  private static final AtomicLong SEEN = new AtomicLong();

  private OwnPeak() {}

  static boolean isBelow(long bytes) {
    return bytes > SEEN.get()
        && bytes > SEEN.accumulateAndGet(ProcessTable.ownPeakBytes(), Math::max);
  }
}
