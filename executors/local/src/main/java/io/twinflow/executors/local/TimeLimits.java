package io.twinflow.executors.local;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One clock for all time limits, made when the first tool has one. */
final class TimeLimits {

  private @Nullable ScheduledThreadPoolExecutor timer;

  /** The answer takes the limit back. */
  synchronized Runnable after(Duration limit, Runnable action) {
    ScheduledThreadPoolExecutor t = timer;
    if (t == null) {
      t = new ScheduledThreadPoolExecutor(1, Threads.named("local-time-"));
      t.setRemoveOnCancelPolicy(true);
      timer = t;
    }
    ScheduledFuture<?> future = t.schedule(action, limit.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  synchronized void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
