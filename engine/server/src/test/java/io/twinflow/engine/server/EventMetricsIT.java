package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scraper sees of events and of what triggers make of them. */
final class EventMetricsIT {

  private static final String TRUE =
      "{cwlVersion: v1.2, class: CommandLineTool, baseCommand: ['true'], inputs: {}, outputs: {}}";
  private static final String FALSE = TRUE.replace("'true'", "'false'");

  @TempDir static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void keep(String name, String workflow) throws Exception {
    server.send(
        server
            .to("/api/v1/workflows?name=" + name)
            .header("Content-Type", "application/cwl")
            .POST(BodyPublishers.ofString(workflow)));
  }

  private static void save(String name, String more) throws Exception {
    String document =
        "name: %s\nfilter: {type: %s}\nworkflow: good\n%s\n".formatted(name, name, more);
    HttpResponse<String> saved =
        server.send(
            server
                .to("/api/v1/triggers/" + name)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(document)));
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(201);
  }

  private static void send(String type, String id) throws Exception {
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/seen\",\"type\":\"%s\",\"data\":{}}";
    HttpResponse<String> kept =
        server.send(
            server
                .to("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event.formatted(id, type))));
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(202);
  }

  private static double value(String sample) throws Exception {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + sample));
  }

  private static double firings(String state) throws Exception {
    return value("twinflow_firings{state=\"%s\"}".formatted(state));
  }

  private static void awaitFirings(String state, double count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(firings(state)).as(state).isEqualTo(count));
  }

  @Test
  void deadAndQuarantinedFiringsAreCountedUntilTheyAreReplayed() throws Exception {
    keep("good", TRUE);
    keep("bad", FALSE);
    save("dies", "collect: {by: $(self.data.nothing.deep), count: 2}");
    save("kept", "check: {workflow: bad}");
    assertThat(firings("dead")).isZero();
    assertThat(firings("quarantined")).isZero();

    send("dies", "1");
    send("dies", "2");
    send("kept", "3");
    awaitFirings("dead", 2);
    awaitFirings("quarantined", 1);

    server.postJson("/api/v1/firings/replay", "{\"trigger\": \"kept\", \"unchecked\": true}");
    awaitFirings("quarantined", 0);
    assertThat(firings("dead")).isEqualTo(2);
  }

  /** As long as no server asks the triggers. */
  @Test
  void theAgeOfTheInboxIsThatOfItsOldestEvent() throws Exception {
    Awaitility.await().until(() -> value("twinflow_inbox_new") == 0);
    try (Connection connection = server.part(DataSource.class).getConnection();
        Statement lock = connection.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(hashtext('twinflow dispatch'))");
      try {
        send("waits", "4");
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> {
              assertThat(value("twinflow_inbox_new")).isOne();
              assertThat(value("twinflow_inbox_age")).isBetween(3.0, 60.0);
            });
      } finally {
        lock.execute("SELECT pg_advisory_unlock(hashtext('twinflow dispatch'))");
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          assertThat(value("twinflow_inbox_new")).isZero();
          assertThat(value("twinflow_inbox_age")).isZero();
        });
  }
}
