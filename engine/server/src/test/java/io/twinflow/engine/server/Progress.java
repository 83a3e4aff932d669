package io.twinflow.engine.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.awaitility.Awaitility;

/** How many of a trial's firings are done. Who waits for more is told when nothing goes on. */
final class Progress implements AutoCloseable {

  private static final Duration STANDSTILL = Duration.ofMinutes(4);
  private static final int BETWEEN_LOOKS = 500;

  private final Installation installation;
  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
  private volatile long done;
  private volatile long since = System.nanoTime();

  Progress(Installation installation) {
    this.installation = installation;
    watch.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      installation.supervise();
      long now = TrialRows.count(installation, "SELECT count(*) FROM firing WHERE state = 'done'");
      if (now > done) {
        done = now;
        since = System.nanoTime();
      }
    } catch (IOException e) {
      // The database is killed just now: the next look may see it.
    }
  }

  /** Waits as long as something goes on. */
  void await(LongPredicate isEnough) {
    Awaitility.await()
        .atMost(Duration.ofHours(6))
        .pollDelay(Duration.ZERO)
        .until(() -> {
          if (System.nanoTime() - since > STANDSTILL.toNanos()) {
            throw new AssertionError(
                "%d firings are done, and no more since %s".formatted(done, STANDSTILL));
          }
          return isEnough.test(done);
        });
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
