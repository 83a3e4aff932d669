package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What Ceph's gateway pushes by its topics, which can show a secret and no token. */
final class CephTopicsIT {

  private static final String SECRET = UUID.randomUUID().toString();

  @TempDir private Path folder;

  private Path data() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    Files.writeString(
        data.resolve("twinflow.yaml"),
        "sources:\n  ceph: {type: push, format: s3, secret: {file: %s}}\n".formatted(secret));
    return data;
  }

  private static String name(String begin) {
    return begin + Long.toString(System.nanoTime(), 36);
  }

  private static List<JsonNode> events(TestServer server, String key) throws Exception {
    return server
        .json("/api/v1/events?limit=100&subject=" + key)
        .get("events")
        .valueStream()
        .toList();
  }

  private static void await(TestServer server, String key, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(events(server, key)).hasSize(count));
  }

  @Test
  void topicsThatAnswerAndTopicsThatKeep() throws Exception {
    try (TestBucket here = TestBucket.make();
        TestBucket kept = TestBucket.make();
        TestBucket strange = TestBucket.make();
        Front front = new Front()) {
      Path data = data();
      String url = front.url("/api/v1/sources/ceph/events");
      try (TestServer server = TestServer.start(data)) {
        front.leadTo(server);
        here.notify(CephTopic.make(name("h"), Map.of("push-endpoint", url, "OpaqueData", SECRET)));
        kept.notify(
            CephTopic.make(
                name("k"),
                Map.of("push-endpoint", url + "?secret=" + SECRET, "persistent", "true")));
        strange.notify(
            CephTopic.make(name("s"), Map.of("push-endpoint", url, "OpaqueData", "guessed")));

        // The same key and content twice are two changes; a topic that waits has told both by now.
        here.put("a b.csv", "one");
        here.put("a b.csv", "one");
        assertThat(events(server, "a%20b.csv")).hasSize(2);
        JsonNode event = events(server, "a%20b.csv").getFirst();
        assertThat(event.get("type").asString()).isEqualTo("com.amazonaws.s3.ObjectCreated:Put");
        assertThat(event.get("sender").asString()).isEqualTo("source:ceph");
        String whole = server.get(event.at("/links/self").asString()).body();
        assertThat(whole).contains(here.name()).doesNotContain(SECRET);

        strange.put("strange", "x");
        assertThat(events(server, "strange")).isEmpty();
        kept.put("kept", "one");
        await(server, "kept", 1);
        front.leadTo(null);
      }
      // Nobody is there: what a topic keeps comes later, what it does not is lost.
      here.put("lost", "x");
      kept.put("kept", "two");
      kept.put("kept", "three");
      try (TestServer server = TestServer.start(data)) {
        front.leadTo(server);
        await(server, "kept", 3);
        assertThat(events(server, "lost")).isEmpty();
        here.put("after", "x");
        assertThat(events(server, "after")).hasSize(1);
        assertThat(server.json("/api/v1/events?limit=100").get("events")).hasSize(6);
        front.leadTo(null);
      }
    }
  }
}
