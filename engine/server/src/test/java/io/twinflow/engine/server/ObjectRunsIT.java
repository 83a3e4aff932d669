package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import io.twinflow.engine.server.data.StoreSettings;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From an object that is put into Ceph to the run that reads it, whatever its key is. */
final class ObjectRunsIT {

  private static final String SECRET = UUID.randomUUID().toString();

  /** What is read of one as another's is another object here. */
  private static final List<String> KEYS =
      List.of("a+b.txt", "a b.txt", "a%41.txt", "aA.txt", "ä/ü.txt", "x&y=1.txt", "100%.txt");

  private static final String READ =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      requirements: {InlineJavascriptRequirement: {}}
      baseCommand: [cat]
      inputs: {object: {type: File, inputBinding: {}}}
      stdout: read.txt
      outputs:
        content: {type: string, outputBinding: {glob: read.txt, loadContents: true, outputEval: "$(self[0].contents)"}}
      """;

  private static final String TRIGGER =
      """
      name: read
      source: ceph
      filter: {type: 'com.amazonaws.s3.ObjectCreated:*'}
      workflow: read
      inputs: {object: {class: File, location: $(self.object.location)}}
      """;

  @TempDir private Path folder;

  private TestServer start(TestBucket bucket) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    Files.writeString(
        data.resolve("twinflow.yaml"),
        "sources:\n  ceph: {type: push, format: s3, secret: {file: %s}, for: everyone}\n"
            .formatted(secret));
    return TestServer.start(
        ServerSettings.in(data)
            .withTrust(Trust.IN_TOOLS)
            .withStores(
                new StoreSettings(null, bucket.sitesFile(folder, bucket.name() + "/"), 1000)));
  }

  private static void save(TestServer server) throws Exception {
    server.send(
        server
            .to("/api/v1/workflows?name=read")
            .header("Content-Type", "application/cwl")
            .POST(BodyPublishers.ofString(READ)));
    HttpResponse<String> saved =
        server.send(
            server
                .to("/api/v1/triggers/read")
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(TRIGGER)));
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(201);
  }

  private static List<JsonNode> firings(TestServer server) throws Exception {
    return server.json("/api/v1/firings?limit=100").get("firings").valueStream().toList();
  }

  /** What the run of each object has read, by the object's key. */
  private static Map<String, String> read(TestServer server) throws Exception {
    Map<String, String> contents = new HashMap<>();
    for (JsonNode each : firings(server)) {
      JsonNode firing = server.json(each.at("/links/self").asString());
      JsonNode event = server.json("/api/v1/events/" + firing.at("/events/0").asLong());
      JsonNode outputs = server.json(firing.at("/links/run").asString() + "/outputs");
      contents.put(event.get("subject").asString(), outputs.at("/outputs/content").asString());
    }
    return contents;
  }

  @Test
  void eachRunReadsTheObjectThatItsEventIsAbout() throws Exception {
    try (TestBucket bucket = TestBucket.make();
        Front front = new Front();
        TestServer server = start(bucket)) {
      front.leadTo(server);
      save(server);
      String url = front.url("/api/v1/sources/ceph/events?secret=" + SECRET);
      bucket.notify(
          CephTopic.make("o" + Long.toString(System.nanoTime(), 36), Map.of("push-endpoint", url)));
      for (String key : KEYS) {
        bucket.put(key, "content of " + key);
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(() ->
              assertThat(firings(server))
                  .extracting(firing -> firing.get("state").asString())
                  .hasSize(KEYS.size())
                  .containsOnly("done"));
      assertThat(read(server))
          .isEqualTo(
              KEYS.stream().collect(Collectors.toMap(Function.identity(), "content of "::concat)));
    }
  }
}
