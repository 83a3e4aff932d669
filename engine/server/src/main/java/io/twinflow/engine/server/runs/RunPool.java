package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.postgres.PostgresJournalStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Carries every run that nobody alive owns to its end: those just submitted, those this server left
 * when it stopped, and those of servers that died. Runs beyond the bound wait in the database.
 */
@Component
public final class RunPool implements SmartLifecycle {

  private static final Logger LOG = System.getLogger(RunPool.class.getName());
  private static final int MOST_RUNS = 2_000;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final Duration HAND_OVER = Duration.ofSeconds(10);

  private final Engine engine;
  private final PostgresJournalStore journals;
  private final RunNews news;
  private final RunRequests requests;
  private final Set<RunId> here = ConcurrentHashMap.newKeySet();
  private final Map<RunId, Instant> notBefore = new ConcurrentHashMap<>();
  private final Semaphore bell = new Semaphore(0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean running;

  RunPool(Engine engine, PostgresJournalStore journals, RunNews news, RunRequests requests) {
    this.engine = engine;
    this.journals = journals;
    this.news = news;
    this.requests = requests;
  }

  /** There is a new run, or something was asked of one. */
  void ring() {
    bell.release();
  }

  @Override
  public void start() {
    running = true;
    threads.execute(this::look);
  }

  private void look() {
    while (running) {
      try {
        takeUp();
        requests.carryOut(here);
        if (bell.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      } catch (IOException | DataAccessException e) {
        LOG.log(Level.WARNING, "waiting runs cannot be listed: {0}", e.getMessage());
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private void takeUp() throws IOException {
    int room = MOST_RUNS - here.size();
    if (room <= 0) {
      return;
    }
    Instant now = Instant.now();
    for (RunId run : journals.waiting(room)) {
      Instant wait = notBefore.get(run);
      if ((wait == null || wait.isBefore(now)) && here.add(run)) {
        threads.execute(() -> carry(run));
      }
    }
  }

  private void carry(RunId run) {
    try (MDC.MDCCloseable _ = MDC.putCloseable("run", run.value())) {
      engine.execute(run, news::tell);
      notBefore.remove(run);
    } catch (FailureException e) {
      LOG.log(Level.WARNING, "{0}", e.getMessage());
      notBefore.put(run, Instant.now().plus(AGAIN));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      news.left(run);
      here.remove(run);
      ring();
    }
  }

  /** Runs stay as they are in the journal; another server, or this one later, goes on. */
  @Override
  public void stop() {
    running = false;
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(HAND_OVER.toSeconds(), TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "{0} runs did not let go in time", here.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
