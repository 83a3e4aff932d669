package io.twinflow.engine.server.seen.trace;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.runs.RunWatcher;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notes each submission, and sends a trace of each run that has ended to the collector: at least
 * once, by whichever server comes first. Does nothing if there is no collector.
 */
@Component
final class SendTraces implements RunWatcher, SmartLifecycle {

  private static final Logger LOG = System.getLogger(SendTraces.class.getName());
  private static final int RUNS_AT_ONCE = 20;
  private static final int SPANS_AT_ONCE = 500;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TraceRows rows;
  private final PostgresJournalStore journals;
  private final OtlpBody body;
  private final @Nullable URI collector;
  private volatile boolean running;
  private boolean told;
  private Thread thread = Thread.ofVirtual().unstarted(() -> {});

  SendTraces(
      TraceRows rows, PostgresJournalStore journals, JsonMapper json, ServerSettings settings) {
    this.rows = rows;
    this.journals = journals;
    this.body = new OtlpBody(json);
    this.collector =
        settings
            .seeing()
            .collector()
            .map(address -> URI.create(address.toString().replaceAll("/+$", "") + "/v1/traces"))
            .orElse(null);
  }

  @Override
  public void submitted(RunId run, Instant received) {
    if (collector == null) {
      return;
    }
    Optional<TraceParent> parent = TraceParent.of(header());
    try {
      if (parent.isEmpty() || parent.get().sampled()) {
        rows.add(run, received, parent);
      }
    } catch (DataAccessException e) {
      // The run is made; that nobody will see its trace is no reason to tell its maker otherwise.
      LOG.log(Level.WARNING, "run {0} will have no trace: {1}", run, e.getMessage());
    }
  }

  private static @Nullable String header() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
        ? request.getRequest().getHeader("traceparent")
        : null;
  }

  @Override
  public void start() {
    running = collector != null;
    if (running) {
      thread = Thread.ofVirtual().name("traces").start(this::send);
    }
  }

  private void send() {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      while (running) {
        try {
          sendSome(client);
        } catch (IOException | RuntimeException e) {
          if (running && !told) {
            LOG.log(
                Level.WARNING,
                "traces are not sent to {0}, trying again: {1}",
                collector,
                String.valueOf(e));
            told = true;
          }
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendSome(HttpClient client) throws IOException, InterruptedException {
    List<TraceRows.Due> due = rows.take(RUNS_AT_ONCE, AGAIN);
    for (TraceRows.Due run : due) {
      TraceOfRun trace = new TraceOfRun(run.run(), run.received(), run.parent());
      journals.read(run.run(), 0, trace);
      List<Span> spans = trace.spans();
      for (int from = 0; from < spans.size(); from += SPANS_AT_ONCE) {
        List<Span> some = spans.subList(from, Math.min(spans.size(), from + SPANS_AT_ONCE));
        post(client, body.of(run.run(), trace.trace(), some));
      }
      rows.sent(run.run());
      told = false;
    }
    int lost = rows.giveUp();
    if (lost > 0) {
      LOG.log(Level.WARNING, "{0} traces were given up: no collector took them", lost);
    }
  }

  private void post(HttpClient client, String spans) throws IOException, InterruptedException {
    HttpResponse<Void> answer =
        client.send(
            HttpRequest.newBuilder(Objects.requireNonNull(collector))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(spans))
                .build(),
            BodyHandlers.discarding());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("it answered " + answer.statusCode());
    }
  }

  @Override
  public void stop() {
    running = false;
    thread.interrupt();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
