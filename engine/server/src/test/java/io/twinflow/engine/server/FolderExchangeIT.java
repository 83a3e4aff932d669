package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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

/** Runs at functions that fetch files from the server itself, which has no object store. */
final class FolderExchangeIT {

  @TempDir static Path folder;
  private static TestServer server;
  private static Path data;

  @BeforeAll
  static void start() throws Exception {
    data = folder.resolve("data");
    server = ExchangingServer.start(data, settings -> settings);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void whatTasksThereMakeLiesWithTheRun() throws Exception {
    ObjectNode inputs = TestServer.JSON.createObjectNode();
    inputs.putObject("text").put("class", "File").put("contents", "hello there\n");
    JsonNode run = ExchangingServer.ended(server, S3DataIT.PACKED, inputs);
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("succeeded");
    String id = run.get("id").asString();
    String root = "/api/v1/runs/" + id + "/outputs";
    JsonNode made = server.json(root).get("outputs");
    assertThat(made.at("/twice/checksum")).isEqualTo(made.at("/once/checksum"));
    assertThat(server.get(root + "/twice").body()).isEqualTo("hello there\n");
    assertThat(server.get(root + "/same").body()).isEqualTo("hello there\n");
    try (Stream<Path> all = Files.walk(data.resolve("runs").resolve(id).resolve("work"))) {
      assertThat(all.map(String::valueOf)).anyMatch(name -> name.endsWith("/out/out + %1.txt"));
    }
    assertThat(data.resolve("sites"))
        .as("orders and records of attempts that are over")
        .doesNotExist();
  }

  @Test
  void moreThanABodyInMemoryMayHoldIsSent() throws Exception {
    String write =
        """
        {"cwlVersion": "v1.2", "class": "CommandLineTool", "inputs": {},
         "baseCommand": ["dd", "if=/dev/zero", "of=large", "bs=1048576", "count=150"],
         "outputs": {"large": {"type": "File", "outputBinding": {"glob": "large"}}}}
        """;
    JsonNode run = ExchangingServer.ended(server, write, TestServer.JSON.createObjectNode());
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("succeeded");
    JsonNode made = server.json("/api/v1/runs/" + run.get("id").asString() + "/outputs");
    assertThat(made.at("/outputs/large/size").asLong()).isEqualTo(150L << 20);
  }

  @Test
  void nobodyReadsTheNotesOfSitesOrTheFilesOfOthers() throws Exception {
    TestServer alice = server.as("alice");
    for (String there : List.of("sites/fn/orders/x/order", "runs/r/work/1.1/out/x", "ticket-key")) {
      ObjectNode inputs = TestServer.JSON.createObjectNode();
      inputs.put("where", data.resolve(there).toUri().toString());
      JsonNode run = ExchangingServer.ended(alice, ExchangingServer.REACH, inputs);
      assertThat(run.get("state").asString()).isEqualTo("failed");
      assertThat(run.toString()).contains("made by a run of the same person");
    }
  }

  @Test
  void whatIsNotSignedIsNeitherReadNorWritten() throws Exception {
    for (String name :
        List.of("ticket-key", "ticket-key?until=9999999999&signature=guess", "..%2Fx", "%zz")) {
      try (HttpClient anybody = HttpClient.newHttpClient()) {
        URI url = URI.create(server.url("/api/v1/exchange/") + name.replace("%zz", "%25zz"));
        assertThat(
                anybody
                    .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                    .statusCode())
            .isIn(400, 403);
        assertThat(
                anybody
                    .send(
                        HttpRequest.newBuilder(url).PUT(BodyPublishers.ofString("mine")).build(),
                        BodyHandlers.ofString())
                    .statusCode())
            .isIn(400, 403);
      }
    }
    assertThat(Files.readString(data.resolve("ticket-key"))).isNotEqualTo("mine");
  }
}
