package io.twinflow.engine.server.ogc;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunNews;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Waits for the end of a job, on the virtual thread of its request. News wakes it where the job
 * runs in this server; it looks by itself too, as another server may run it.
 */
@Component
class AwaitJob implements SmartLifecycle {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration BREATH = Duration.ofMillis(20);

  private final Runs runs;
  private final RunNews news;
  private volatile boolean open = true;

  AwaitJob(Runs runs, RunNews news) {
    this.runs = runs;
    this.news = news;
  }

  /**
   * @param most how long at most; empty for as long as it takes
   * @return the run as it is when it has ended, when the time is over or the server stops
   */
  RunRow await(Caller caller, RunId run, Optional<Duration> most)
      throws NoSuchRunException, InterruptedException {
    @Nullable Instant deadline = most.map(Instant.now()::plus).orElse(null);
    Semaphore bell = new Semaphore(0);
    try (RunNews.Subscription _ = news.listen(run, bell::release)) {
      RunRow now = runs.get(caller, run.value());
      while (open
          && !now.state().isTerminal()
          && (deadline == null || Instant.now().isBefore(deadline))) {
        long left =
            deadline == null
                ? LOOK.toMillis()
                : Math.min(LOOK.toMillis(), Duration.between(Instant.now(), deadline).toMillis());
        if (bell.tryAcquire(Math.max(1, left), TimeUnit.MILLISECONDS)) {
          Thread.sleep(BREATH);
          bell.drainPermits();
        }
        now = runs.get(caller, run.value());
      }
      return now;
    }
  }

  @Override
  public void start() {
    open = true;
  }

  /** Requests that wait are answered with their job before the server waits for them. */
  @Override
  public void stop() {
    open = false;
  }

  @Override
  public boolean isRunning() {
    return open;
  }
}
