package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.postgres.FiguresFile;
import io.twinflow.engine.postgres.PostgresJournalStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How long it takes from an event in the inbox to the first task of its run, at a steady rate. */
@Tag("long")
final class EventFiguresIT {

  private static final int RATE = 50;
  private static final int EVENTS = 90 * RATE;

  /** Seconds that the server has had events when a part of the figures begins, and ends. */
  private record Part(int from, int to, String what) {
    boolean has(long event) {
      return event > (long) from * RATE && event <= (long) to * RATE;
    }
  }

  private static final List<Part> PARTS =
      List.of(
          new Part(0, 10, "the first 10 s of a server"),
          new Part(10, 40, "the next 30 s"),
          new Part(60, 90, "30 s after a minute"));

  private static final String TRUE =
      """
      {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": "true", "baseCommand": "true",
       "inputs": {"number": "int"}, "outputs": {}}
      """;

  @TempDir private Path data;

  private static void send(TestServer server, int number) {
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"%d\",\"source\":\"/figures\",\"type\":\"reading\",\"data\":{\"number\":%d}}"
            .formatted(number, number);
    try {
      int status =
          server
              .send(
                  server
                      .to("/api/v1/events")
                      .header("Content-Type", "application/cloudevents+json")
                      .POST(BodyPublishers.ofString(event)))
              .statusCode();
      assertThat(status).isEqualTo(202);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<JsonNode> pages(TestServer server, String path, String field)
      throws Exception {
    List<JsonNode> all = new ArrayList<>();
    String next = path;
    while (next != null) {
      JsonNode page = server.json(next);
      page.get(field).forEach(all::add);
      next = page.has("next") ? page.get("next").asString() : null;
    }
    return all;
  }

  private static Instant submitted(TestServer server, String run) throws Exception {
    List<Instant> times = new ArrayList<>();
    server
        .part(PostgresJournalStore.class)
        .read(
            new RunId(run),
            0,
            envelope -> {
              if (envelope.event() instanceof Event.SubmissionIntended) {
                times.add(envelope.time());
              }
            });
    return times.getFirst();
  }

  @Test
  void fromTheInboxToTheFirstTask() throws Exception {
    try (TestServer server = TestServer.start(data);
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(4)) {
      server.send(
          server
              .to("/api/v1/workflows?name=true")
              .header("Content-Type", "application/cwl")
              .POST(BodyPublishers.ofString(TRUE)));
      server.send(
          server
              .to("/api/v1/triggers/figures")
              .header("Content-Type", "application/yaml")
              .PUT(
                  BodyPublishers.ofString(
                      "name: figures\nfilter: {source: /figures}\nworkflow: 'true'\ninputs: {number: $(self.data.number)}\noptions: {useCache: false}\n")));
      AtomicInteger sent = new AtomicInteger();
      clock.scheduleAtFixedRate(
          () -> {
            if (sent.get() < EVENTS) {
              send(server, sent.getAndIncrement());
            }
          },
          0,
          1_000_000 / RATE,
          TimeUnit.MICROSECONDS);
      // Nobody asks meanwhile: a page of 1,000 takes more than some hundred events.
      Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> sent.get() == EVENTS);
      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofSeconds(5))
          .until(() ->
              pages(server, "/api/v1/firings?state=done&limit=1000", "firings").size() == EVENTS);
      write(server);
    }
  }

  private static void write(TestServer server) throws Exception {
    Map<Long, Instant> received = new HashMap<>();
    for (JsonNode event : pages(server, "/api/v1/events?limit=1000", "events")) {
      received.put(event.get("number").asLong(), Instant.parse(event.get("received").asString()));
    }
    Map<Part, List<Double>> millis = new LinkedHashMap<>();
    PARTS.forEach(part -> millis.put(part, new ArrayList<>()));
    for (JsonNode each : pages(server, "/api/v1/firings?limit=1000", "firings")) {
      JsonNode firing = server.json(each.at("/links/self").asString());
      long event = firing.get("events").get(0).asLong();
      Duration took =
          Duration.between(received.get(event), submitted(server, firing.get("run").asString()));
      PARTS.stream()
          .filter(part -> part.has(event))
          .forEach(part -> millis.get(part).add(took.toNanos() / 1e6));
    }
    StringBuilder rows = new StringBuilder();
    millis.forEach((part, of) -> rows.append(row(part, of)));
    FiguresFile.write(
        "events.md",
        String.format(
            Locale.ROOT,
            """
            # From an event to the first task

            Written by `EventFiguresIT`: %d events a second over HTTP, each starts a run of one tool (`true`, on this machine, without a sandbox); the time from
            the event's row (the database's clock) to the journal's event before the first submission. Server, PostgreSQL, the tools and
            the sender share the machine; in the beginning a good part of it compiles (Java's just-in-time compiler).

            %s
            | when | events | median | p95 | p99 | longest |
            |---|---|---|---|---|---|
            %s\
            """,
            RATE,
            FiguresFile.machine(),
            rows));
  }

  private static String row(Part part, List<Double> millis) {
    Collections.sort(millis);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f ms | %.0f ms | %.0f ms | %.0f ms |%n",
        part.what(),
        millis.size(),
        at(millis, 0.5),
        at(millis, 0.95),
        at(millis, 0.99),
        millis.getLast());
  }

  private static double at(List<Double> sorted, double part) {
    return sorted.get((int) Math.min(sorted.size() - 1, Math.round(part * sorted.size())));
  }
}
