package io.twinflow.engine.server.views;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.view.TaskList;
import io.twinflow.engine.core.view.TaskView;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.engine.server.runs.PublicText;
import io.twinflow.engine.server.runs.RunNews;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The live stream of a run's events (Server-Sent Events, HTML Living Standard, section 9.2). An
 * event's id is its sequence in the journal, so that a reader goes on where it was cut off; a
 * change of several tasks at once has one id, and is sent whole or again.
 */
@Component
public final class RunEvents implements DisposableBean {

  private static final Logger LOG = System.getLogger(RunEvents.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LOOKS_BETWEEN_SIGNS_OF_LIFE = 15;

  private final PostgresJournalStore journals;
  private final RunNews news;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closing;

  RunEvents(PostgresJournalStore journals, RunNews news) {
    this.journals = journals;
    this.news = news;
  }

  /** A server that is to stop waits for what is being answered, and a stream has no end. */
  @EventListener
  public void end(ContextClosedEvent event) {
    closing = true;
  }

  /** The run is in another state. */
  public record RunChange(int v, Instant time, String state, @Nullable String failure) {}

  /** A task is in another state. */
  public record TaskChange(int v, Instant time, TaskJson task) {}

  /** Something a person should know. */
  public record Notice(int v, Instant time, String text) {}

  /**
   * Streams until the run has ended or the reader is gone.
   *
   * @param after the sequence of the last event the reader has; 0 for all
   */
  public SseEmitter stream(RunId run, long after) {
    SseEmitter emitter = new SseEmitter(0L);
    AtomicBoolean gone = new AtomicBoolean();
    emitter.onCompletion(() -> gone.set(true));
    emitter.onError(cause -> gone.set(true));
    threads.execute(() -> follow(run, after, emitter, gone));
    return emitter;
  }

  private void follow(RunId run, long after, SseEmitter emitter, AtomicBoolean gone) {
    Semaphore bell = new Semaphore(0);
    Reader reader = new Reader(emitter, after);
    try (RunNews.Subscription _ = news.listen(run, bell::release)) {
      int quiet = 0;
      while (!gone.get() && !reader.ended && !closing) {
        long before = reader.last;
        journals.read(run, reader.last, reader::read);
        if (reader.broken != null) {
          throw reader.broken;
        }
        quiet = reader.last == before ? quiet + 1 : 0;
        if (quiet > LOOKS_BETWEEN_SIGNS_OF_LIFE) {
          emitter.send(SseEmitter.event().comment("still here"));
          quiet = 0;
        }
        if (!reader.ended && bell.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      }
      emitter.complete();
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "the reader of run {0} is gone: {1}", run, e.getMessage());
      emitter.completeWithError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      emitter.complete();
    }
  }

  /** Turns the journal into public events; what the reader has already is only followed. */
  private static final class Reader {
    private final SseEmitter emitter;
    private final long after;
    private final TaskList tasks = new TaskList(address -> true);
    long last;
    boolean ended;
    @Nullable IOException broken;

    Reader(SseEmitter emitter, long after) {
      this.emitter = emitter;
      this.after = after;
    }

    void read(Envelope envelope) {
      tasks.accept(envelope);
      last = envelope.sequence();
      ended = envelope.event() instanceof Event.RunEnded;
      if (broken != null) {
        return;
      }
      try {
        for (TaskView task : tasks.takeChanged()) {
          send(envelope, "task", new TaskChange(1, envelope.time(), TaskJson.of(task)));
        }
        switch (envelope.event()) {
          case Event.RunCreated _ -> run(envelope, "queued", null);
          case Event.RunOwned owned -> run(envelope, "running", null);
          case Event.PauseRequested _ -> run(envelope, "paused", null);
          case Event.PauseEnded _ -> run(envelope, "running", null);
          case Event.CancelRequested _ -> run(envelope, "cancelling", null);
          case Event.RunEnded end ->
              run(
                  envelope,
                  end.state().name().toLowerCase(Locale.ROOT),
                  end.failure() == null ? null : PublicText.of(end.failure().message()));
          case Event.NoticeGiven notice ->
              send(envelope, "notice", new Notice(1, envelope.time(), notice.text()));
          default -> {}
        }
      } catch (IOException e) {
        broken = e;
      }
    }

    private void run(Envelope envelope, String state, @Nullable String failure) throws IOException {
      send(envelope, "run", new RunChange(1, envelope.time(), state, failure));
    }

    private void send(Envelope envelope, String name, Object data) throws IOException {
      if (envelope.sequence() > after) {
        emitter.send(
            SseEmitter.event()
                .id(Long.toString(envelope.sequence()))
                .name(name)
                .data(data, MediaType.APPLICATION_JSON));
      }
    }
  }

  @Override
  public void destroy() {
    threads.shutdownNow();
  }
}
