package io.twinflow.engine.server.ogc;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.engine.server.ogc.Callbacks.Due;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells subscribers about their jobs, at least once each, trying again for about two hours. Part 1,
 * "Callback".
 */
@Component
class TellSubscribers implements SmartLifecycle {

  private static final Logger LOG = System.getLogger(TellSubscribers.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int AT_ONCE = 20;
  private static final int MOST_TRIES = 12;
  private static final int OK_FROM = 200;
  private static final int OK_TO = 299;

  private final Callbacks callbacks;
  private final OutgoingUrls outgoing;
  private final JobStore jobs;
  private final JobView view;
  private final Runs runs;
  private final ResultDocument document;
  private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean running;

  TellSubscribers(
      Callbacks callbacks,
      OutgoingUrls outgoing,
      JobStore jobs,
      JobView view,
      Runs runs,
      ResultDocument document) {
    this.callbacks = callbacks;
    this.outgoing = outgoing;
    this.jobs = jobs;
    this.view = view;
    this.runs = runs;
    this.document = document;
  }

  @Override
  public void start() {
    running = true;
    threads.execute(this::look);
  }

  private void look() {
    while (running) {
      try {
        List<Due> due = callbacks.take(AT_ONCE);
        due.forEach(one -> threads.execute(() -> tell(one)));
        Thread.sleep(LOOK);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "callbacks cannot be listed: {0}", e.getMessage());
        running = pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(LOOK);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void tell(Due due) {
    try {
      int status = outgoing.post(due.uri(), "application/json", body(due));
      if (status >= OK_FROM && status <= OK_TO) {
        callbacks.forget(due);
        return;
      }
      again(due, "it answered " + status);
    } catch (NoSuchRunException e) {
      callbacks.forget(due);
    } catch (IOException | FailureException | RuntimeException e) {
      again(due, String.valueOf(e.getMessage()));
    }
  }

  private void again(Due due, String problem) {
    if (due.tries() >= MOST_TRIES) {
      LOG.log(
          Level.WARNING,
          "job {0}: {1} was not told ({2}), and is given up",
          due.run(),
          due.uri(),
          problem);
      callbacks.forget(due);
    } else {
      callbacks.note(due, problem);
    }
  }

  private byte[] body(Due due) throws NoSuchRunException, FailureException, IOException {
    Caller owner = new Caller(due.tenant(), due.subject(), false);
    JobRow job = jobs.find(owner, due.run()).orElseThrow(() -> new NoSuchRunException(due.run()));
    Base base = new Base(due.base());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (due.event().equals("successUri")) {
      RecordValue outputs = runs.outputs(runs.get(owner, due.run())).orElse(RecordValue.EMPTY);
      List<String> names = jobs.request(job).chosen(List.copyOf(outputs.fields().keySet()));
      document.write(base, job.id(), names, outputs, name -> false, body);
    } else {
      body.write(
          view.status(job, Optional.empty(), base)
              .toString()
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return body.toByteArray();
  }

  @Override
  public void stop() {
    running = false;
    threads.shutdownNow();
    threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
