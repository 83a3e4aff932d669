package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.data.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs at functions that share nothing with the server but what both reach: its store. */
final class SiteExchangeIT {

  @TempDir static Path folder;
  private static TestBucket outputs;
  private static TestServer server;
  private static Path data;

  @BeforeAll
  static void start() throws Exception {
    outputs = TestBucket.make();
    data = folder.resolve("data");
    Path sites = outputs.sitesFile(folder, "nothing");
    server =
        ExchangingServer.start(
            data,
            settings ->
                settings.withStores(
                    new StoreSettings("s3://" + outputs.name() + "/twin flow", sites, 1000)));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (outputs != null) {
      outputs.close();
    }
  }

  private static List<Path> copies() throws IOException {
    if (!Files.exists(data.resolve("near"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(data.resolve("near"))) {
      return all.filter(Files::isRegularFile).filter(file -> !file.endsWith("nothing")).toList();
    }
  }

  @Test
  void whatTasksThereMakeLiesInTheStoreAndNeverComesHere() throws Exception {
    ObjectNode inputs = TestServer.JSON.createObjectNode();
    inputs.putObject("text").put("class", "File").put("contents", "hello there\n");
    JsonNode run = ExchangingServer.ended(server, S3DataIT.PACKED, inputs);
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("succeeded");
    String id = run.get("id").asString();
    assertThat(copies()).isEmpty();
    String root = "/api/v1/runs/" + id + "/outputs";
    JsonNode made = server.json(root).get("outputs");
    assertThat(made.at("/twice/checksum")).isEqualTo(made.at("/once/checksum"));
    assertThat(made.get("contents").asString()).isEqualTo("hello there\n");
    assertThat(server.get(root + "/twice").body()).isEqualTo("hello there\n");
    assertThat(server.get(root + "/same").body()).isEqualTo("hello there\n");
    assertThat(outputs.objects())
        .anyMatch(name ->
            name.startsWith("twin flow/default/admin/runs/" + id + "/work/")
                && name.endsWith("/out/out + %1.txt"));
  }

  @Test
  void nobodyReadsTheNotesOfSitesOrTheFilesOfOthers() throws Exception {
    TestServer alice = server.as("alice");
    for (String there : List.of("sites/fn/orders/x/order", "default/admin/runs/r/work/1.1/out/x")) {
      ObjectNode inputs = TestServer.JSON.createObjectNode();
      inputs.put("where", "s3://" + outputs.name() + "/twin%20flow/" + there);
      JsonNode run = ExchangingServer.ended(alice, ExchangingServer.REACH, inputs);
      assertThat(run.get("state").asString()).isEqualTo("failed");
      assertThat(run.toString()).contains("made by a run of the same person");
    }
  }

  @Test
  void whatFunctionsTellIsHeardLongBeforeTheServerLooks() throws Exception {
    ObjectNode inputs = TestServer.JSON.createObjectNode();
    inputs.putObject("text").put("class", "File").put("contents", "hello there\n");
    JsonNode run = ExchangingServer.ended(server, S3DataIT.PACKED, inputs, "tells");
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("succeeded");
  }

  @Test
  void whoTellsWithoutTheAttemptsTokenIsRefused() throws Exception {
    String there = "/api/v1/callbacks/tells/x/tf-x-y-1-1";
    assertThat(server.postJson(there, "{}").statusCode()).isEqualTo(401);
    try (HttpClient anybody = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          anybody.send(
              HttpRequest.newBuilder(URI.create(server.url(there)))
                  .header("Authorization", "Bearer guess")
                  .POST(BodyPublishers.ofString(""))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void whoHasNoTicketLearnsNothing() throws Exception {
    for (String ticket : List.of("fn/x", "fn/tf-x-y-1-1", "none/x")) {
      try (HttpClient anybody = HttpClient.newHttpClient()) {
        HttpResponse<String> answer =
            anybody.send(
                HttpRequest.newBuilder(URI.create(server.url("/api/v1/tickets/" + ticket)))
                    .POST(BodyPublishers.ofString("guess\norder\n"))
                    .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("there is no such ticket\n");
      }
    }
  }
}
