package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.server.triggers.ReceiveEvents;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Times as events, over restarts, and those that are over. */
final class SchedulesIT {

  private static final String STEP =
      """
      {"cwlVersion": "v1.2", "class": "ExpressionTool", "id": "when",
       "requirements": [{"class": "InlineJavascriptRequirement"}],
       "inputs": {"time": "string"}, "outputs": {"same": "string"},
       "expression": "${ return {same: inputs.time}; }"}
      """;

  @TempDir private Path folder;

  private Path data() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(
        data.resolve("twinflow.yaml"),
        """
        sources:
          yearly: {type: schedule, cron: 0 6 1 1 *, zone: Europe/Amsterdam, for: everyone}
          minutes: {type: schedule, cron: '* * * * *', catchUp: all, most: 10}
          last: {type: schedule, cron: '* * * * *', grace: 2m}
        """);
    return data;
  }

  private static List<JsonNode> events(TestServer server, String source) throws Exception {
    return server
        .json("/api/v1/events?limit=1000&source=%2Fapi%2Fv1%2Fsources%2F" + source)
        .get("events")
        .valueStream()
        .toList();
  }

  private static JsonNode backfill(TestServer server, String from, String to) throws Exception {
    HttpResponse<String> answer = send(server, "yearly", from, to);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.JSON.readTree(answer.body());
  }

  private static HttpResponse<String> send(TestServer server, String name, String from, String to)
      throws Exception {
    return server.postJson(
        "/api/v1/sources/" + name + "/backfill",
        "{\"from\": \"%s\", \"to\": \"%s\"}".formatted(from, to));
  }

  @Test
  void eachTimeOfABackfillStartsItsRunOnce() throws Exception {
    try (TestServer server = TestServer.start(data())) {
      TestServer ann = server.as("ann");
      ann.send(
          ann.to("/api/v1/workflows?name=when")
              .header("Content-Type", "application/cwl")
              .POST(BodyPublishers.ofString(STEP)));
      HttpResponse<String> saved =
          ann.send(
              ann.to("/api/v1/triggers/yearly")
                  .header("Content-Type", "application/yaml")
                  .PUT(
                      BodyPublishers.ofString(
                          "{name: yearly, source: yearly, filter: {type: io.twinflow.schedule.time}, workflow: when, inputs: {time: $(self.data.scheduled)}}")));
      assertThat(saved.statusCode()).as(saved.body()).isEqualTo(201);

      JsonNode first = backfill(server, "2020-01-01T05:00:00Z", "2025-01-01T05:00:00Z");
      assertThat(first.toString()).isEqualTo("{\"times\":5,\"accepted\":5}");
      JsonNode more = backfill(server, "2019-06-01T00:00:00Z", "2026-01-01T05:00:01Z");
      assertThat(more.toString()).isEqualTo("{\"times\":7,\"accepted\":2}");
      assertThat(backfill(server, "2019-06-01T00:00:00Z", "2026-01-01T05:00:01Z").toString())
          .isEqualTo("{\"times\":7,\"accepted\":0}");

      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> assertThat(ann.json("/api/v1/firings?state=done").get("firings")).hasSize(7));
      List<JsonNode> events = events(server, "yearly");
      assertThat(events).hasSize(7);
      JsonNode event = events.getFirst();
      assertThat(event.get("id").asString()).isEqualTo("2026-01-01T05:00:00Z");
      assertThat(event.get("time").asString()).isEqualTo("2026-01-01T05:00:00Z");
      String run = ann.json("/api/v1/firings?limit=1").get("firings").get(0).get("run").asString();
      assertThat(ann.get("/api/v1/runs/" + run + "/outputs").body())
          .contains("2026-01-01T06:00:00+01:00");
      assertThat(server.json("/api/v1/sources/yearly/check").toString())
          .contains("-01-01T06:00:00+01:00");

      assertThat(send(ann, "yearly", "2020-01-01T05:00:00Z", "2021-01-01T05:00:00Z").statusCode())
          .isEqualTo(403);
      assertThat(send(server, "weekly", "2020-01-01T05:00:00Z", "2021-01-01T05:00:00Z").body())
          .contains("expected one of yearly, minutes, last");
      assertThat(send(server, "minutes", "2020-01-01T05:00:00Z", "2021-01-01T05:00:00Z").body())
          .contains("more than 10000 times");
      assertThat(send(server, "yearly", "2020-01-01T05:00:00Z", "2100-01-01T05:00:00Z").body())
          .contains("expected a moment that is over");
      assertThat(server.postJson("/api/v1/sources/yearly/backfill", "{}").body())
          .contains("from: is missing");
    }
  }

  /** The position is put back as if the server had been away so long. */
  @Test
  void whatPassedWhileNobodyWasThereIsMadeGoodAsItSays() throws Exception {
    Instant away;
    try (TestServer server = TestServer.start(data())) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.json("/api/v1/sources").toString().contains("\"connected\":true"));
      Sql sql = new Sql(server.part(DataSource.class));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              sql.list("SELECT value FROM source_position", row -> row.getString(1)).size() == 3);
      away = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MINUTES);
    }
    try (TestServer server = TestServer.start(data())) {
      server.part(ReceiveEvents.class).stop();
      Sql sql = new Sql(server.part(DataSource.class));
      sql.change("UPDATE source_position SET value = ?", away.toString());
    }
    try (TestServer server = TestServer.start(data())) {
      // Those of five minutes at most are late, and not missed.
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(events(server, "minutes")).hasSizeBetween(14, 17));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(events(server, "last")).hasSizeBetween(2, 4));
      assertThat(events(server, "yearly")).isEmpty();
      assertThat(events(server, "minutes").stream().map(event -> event.get("id").asString()))
          .doesNotHaveDuplicates();
    }
  }
}
