package io.twinflow.engine.core;

import io.twinflow.engine.core.run.RunLoop;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then whether another process asks something of the runs that execute here, and
 * tells their loops. One thread for all runs.
 */
final class PassOnRequests implements AutoCloseable {

  private static final Logger LOG = System.getLogger(PassOnRequests.class.getName());

  /** Short for a person who waits, long for a disk. */
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final Requests requests;
  private final Map<RunId, RunLoop> loops = new ConcurrentHashMap<>();
  private @Nullable Future<?> looking;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("requests").factory());

  PassOnRequests(Requests requests) {
    this.requests = requests;
  }

  /** Ends the looking for one run. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** What was asked of an engine that is gone is forgotten: nobody waits for it any more. */
  Watch watch(RunId run, RunLoop loop) throws IOException {
    requests.take(run);
    loops.put(run, loop);
    start();
    return () -> loops.remove(run);
  }

  private synchronized void start() {
    if (looking == null) {
      looking =
          thread.scheduleWithFixedDelay(
              this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    loops.forEach((run, loop) -> {
      try {
        requests.take(run).forEach(request -> tell(request, loop));
      } catch (IOException e) {
        // A run must not end because nobody can ask anything of it.
        LOG.log(Level.WARNING, "requests to run " + run + " cannot be read", e);
      }
    });
  }

  static void tell(Request request, RunLoop loop) {
    switch (request) {
      case PAUSE -> loop.pause();
      case PROCEED -> loop.proceed();
      case CANCEL -> loop.cancel("asked for from another process");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
