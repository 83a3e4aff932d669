package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.executors.api.LogStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** What attempts wrote, also while they write. */
@Component
public final class AttemptLogs implements SmartLifecycle {

  private static final Duration LOOK = Duration.ofMillis(300);

  private final Engine engine;
  private final PostgresJournalStore journals;
  private final RunNews news;
  private volatile boolean running;

  AttemptLogs(Engine engine, PostgresJournalStore journals, RunNews news) {
    this.engine = engine;
    this.journals = journals;
    this.news = news;
  }

  /** One stream of one attempt. */
  public record Log(RunRow run, long task, int attempt, LogStream stream) {}

  public InputStream open(Log log) throws IOException {
    return engine.log(log.run().id(), log.task(), log.attempt(), log.stream());
  }

  /** Whether the run has such a task, and has made such an attempt of it. */
  public boolean exists(Log log) throws IOException {
    AttemptWatch watch = new AttemptWatch(log.task(), log.attempt());
    journals.read(log.run().id(), 0, watch::accept);
    return watch.submitted;
  }

  /**
   * Writes what comes until the attempt has ended or the server stops.
   *
   * @param from so many bytes are left out
   */
  public void follow(Log log, long from, OutputStream out)
      throws IOException, InterruptedException {
    AttemptWatch watch = new AttemptWatch(log.task(), log.attempt());
    Semaphore bell = new Semaphore(0);
    long at = from;
    try (RunNews.Subscription subscription = news.listen(log.run().id(), bell::release)) {
      while (running) {
        journals.read(log.run().id(), watch.sequence, watch::accept);
        boolean over = watch.ended;
        try (InputStream in = open(log)) {
          at += skipAsMuch(in, at) < at ? 0 : in.transferTo(out);
        }
        out.flush();
        if (over) {
          return;
        }
        if (bell.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      }
    }
  }

  private static long skipAsMuch(InputStream in, long bytes) throws IOException {
    long skipped = 0;
    while (skipped < bytes) {
      long now = in.skip(bytes - skipped);
      if (now <= 0) {
        return skipped;
      }
      skipped += now;
    }
    return skipped;
  }

  /** Waits for one attempt in the journal. For one thread. */
  private static final class AttemptWatch {
    private final long task;
    private final int attempt;
    private long sequence;
    private boolean submitted;
    private boolean ended;

    AttemptWatch(long task, int attempt) {
      this.task = task;
      this.attempt = attempt;
    }

    void accept(Envelope envelope) {
      sequence = envelope.sequence();
      switch (envelope.event()) {
        case Event.SubmissionIntended e ->
            submitted |= e.members().contains(new Event.SubmissionIntended.Member(task, attempt));
        case Event.TaskSucceeded e -> ended |= e.task() == task;
        case Event.TaskFailed e -> ended |= e.task() == task;
        case Event.AttemptFailed e -> ended |= e.task() == task && e.attempt() >= attempt;
        case Event.AttemptLost e -> ended |= e.task() == task && e.attempt() >= attempt;
        case Event.AttemptDiscarded e -> ended |= e.task() == task && e.attempt() >= attempt;
        case Event.RunEnded _ -> ended = true;
        case Event.RunCreated _,
            Event.RunOwned _,
            Event.StepScattered _,
            Event.InvocationSkipped _,
            Event.InvocationFailed _,
            Event.ScopeOpened _,
            Event.ScopeSucceeded _,
            Event.ScopeFailed _,
            Event.LoopEnded _,
            Event.TaskCreated _,
            Event.SubmissionConfirmed _,
            Event.AttemptStarted _,
            Event.NoticeGiven _,
            Event.CancelRequested _,
            Event.PauseRequested _,
            Event.PauseEnded _ -> {}
      }
    }
  }

  @Override
  public void start() {
    running = true;
  }

  /** Whoever follows is let go before the server waits for its requests to end. */
  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
