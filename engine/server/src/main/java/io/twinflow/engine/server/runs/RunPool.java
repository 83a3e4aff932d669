package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.journal.OwnedElsewhereException;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.engine.postgres.queue.AdmitRuns;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.SmartLifecycle;
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
  private final AdmitRuns admit;
  private final Set<RunId> here = ConcurrentHashMap.newKeySet();
  private final Map<RunId, Instant> notBefore = new ConcurrentHashMap<>();
  private final Semaphore bell = new Semaphore(0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean running;

  RunPool(
      Engine engine,
      PostgresJournalStore journals,
      RunNews news,
      RunRequests requests,
      AdmitRuns admit) {
    this.admit = admit;
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
      } catch (IOException | RuntimeException e) {
        // Whatever it was: without this loop no run would be taken up ever again.
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
    List<RunId> begin = new ArrayList<>();
    for (RunId run : admitted(room)) {
      Instant wait = notBefore.get(run);
      if ((wait == null || wait.isBefore(now)) && !here.contains(run)) {
        begin.add(run);
      }
    }
    if (!begin.isEmpty()) {
      Map<RunId, String> cancelled = requests.cancelled(begin);
      // From here on nothing fails: what is noted as being here is carried.
      for (RunId run : begin) {
        if (here.add(run)) {
          threads.execute(() -> carry(run, cancelled.get(run)));
        }
      }
    }
  }

  /**
   * Those that have had their turn come first; of the others as many are let in as there is room.
   */
  private List<RunId> admitted(int room) throws IOException {
    List<RunId> free = journals.waiting(room);
    if (free.size() >= room || !admit.isAnyQueued()) {
      return free;
    }
    int more = admit.admitCancelled() + admit.admit(room - free.size());
    return more == 0 ? free : journals.waiting(room);
  }

  private void carry(RunId run, @Nullable String cancelled) {
    try (MDC.MDCCloseable _ = MDC.putCloseable("run", run.value())) {
      engine.execute(
          run,
          new Engine.Follower() {
            @Override
            public void takenUp(Collection<OpenTask> open) {
              // Before anything is decided: nothing will be submitted.
              if (cancelled != null) {
                engine.cancel(run, cancelled);
              }
              news.takenUp(run, open);
            }

            @Override
            public void happened(Envelope envelope) {
              news.tell(envelope);
            }
          });
      notBefore.remove(run);
    } catch (FailureException e) {
      if (e.failure().code().equals(OwnedElsewhereException.CODE)) {
        LOG.log(Level.DEBUG, "another server was first: {0}", e.getMessage());
      } else {
        LOG.log(Level.WARNING, "{0}", e.getMessage());
        notBefore.put(run, Instant.now().plus(AGAIN));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      leave(run);
    }
  }

  private void leave(RunId run) {
    try {
      news.left(run);
    } finally {
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
