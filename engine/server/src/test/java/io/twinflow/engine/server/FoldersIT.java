package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Files that come into a folder start runs, over restarts. */
final class FoldersIT {

  private static final String SIZE =
      """
      {"cwlVersion": "v1.2", "class": "ExpressionTool", "id": "size",
       "requirements": [{"class": "InlineJavascriptRequirement"}],
       "inputs": {"size": "int", "name": "string"}, "outputs": {"same": "int"},
       "expression": "${ return {same: inputs.size}; }"}
      """;

  private static final String TRIGGER =
      """
      name: files
      source: incoming
      filter: {subject: "**.csv"}
      workflow: size
      inputs:
        size: $(self.data.size)
        name: $(self.parts[0])
      """;

  @TempDir private Path folder;

  private Path incoming() {
    return folder.resolve("incoming");
  }

  private Path data() throws Exception {
    Files.createDirectories(incoming());
    Path data = Files.createDirectories(folder.resolve("data"));
    // Listed seldom: what is found soon was told by the system.
    Files.writeString(
        data.resolve("twinflow.yaml"),
        """
        sources:
          incoming: {type: folder, path: %s, settle: 1s, every: 1h, for: everyone}
          nowhere: {type: folder, path: %s}
        """
            .formatted(incoming(), folder.resolve("nowhere")));
    return data;
  }

  private static List<JsonNode> events(TestServer server) throws Exception {
    return server
        .json("/api/v1/events?limit=1000&type=io.twinflow.folder.file")
        .get("events")
        .valueStream()
        .toList();
  }

  private static void await(TestServer server, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(events(server)).hasSize(count));
  }

  @Test
  void eachFileStartsItsRunOnce() throws Exception {
    Path data = data();
    try (TestServer server = TestServer.start(data)) {
      server.send(
          server
              .to("/api/v1/workflows?name=size")
              .header("Content-Type", "application/cwl")
              .POST(BodyPublishers.ofString(SIZE)));
      HttpResponse<String> saved =
          server.send(
              server
                  .to("/api/v1/triggers/files")
                  .header("Content-Type", "application/yaml")
                  .PUT(BodyPublishers.ofString(TRIGGER)));
      assertThat(saved.statusCode()).as(saved.body()).isEqualTo(201);

      Path outside = Files.writeString(folder.resolve("whole.csv"), "1,2,3");
      Files.move(outside, incoming().resolve("moved in.csv"));
      Path part = Files.writeString(incoming().resolve("b.csv.part"), "1,2");
      Files.writeString(incoming().resolve(".hidden.csv"), "x");
      await(server, 1);
      try (OutputStream growing = Files.newOutputStream(part, StandardOpenOption.APPEND)) {
        growing.write(",3,4".getBytes(StandardCharsets.UTF_8));
      }
      Files.move(part, incoming().resolve("b.csv"));
      await(server, 2);
      JsonNode event = events(server).getFirst();
      assertThat(event.get("subject").asString()).isEqualTo("b.csv");
      assertThat(server.get(event.at("/links/self").asString()).body())
          .contains("\"size\":7", incoming().resolve("b.csv").toUri().toString());

      String check = server.json("/api/v1/sources/incoming/check").toString();
      assertThat(check).contains("2 files in 1 folders");
      assertThat(server.json("/api/v1/sources").toString()).contains("nowhere is no folder");
    }
    // Nobody is there: one comes into a new folder, one is changed, one stays.
    Files.createDirectories(incoming().resolve("late"));
    Files.writeString(incoming().resolve("late/c.csv"), "1");
    Files.writeString(incoming().resolve("b.csv"), "1,2,3,4,5");
    try (TestServer server = TestServer.start(data)) {
      await(server, 4);
      // The folder that was new is watched too.
      Files.writeString(incoming().resolve("late/d.csv"), "1");
      await(server, 5);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(server.json("/api/v1/firings?state=done").get("firings")).hasSize(5));
      assertThat(events(server)).hasSize(5);
    }
  }
}
