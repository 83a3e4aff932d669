package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import io.twinflow.engine.server.data.StoreSettings;
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

/** Objects of Ceph's gateway of which nobody told, or too late. */
final class BucketSweepIT {

  private static final String SECRET = UUID.randomUUID().toString();

  @TempDir private Path folder;

  private Path data(String sources) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("twinflow.yaml"), "sources:\n" + sources);
    return data;
  }

  private static TestServer start(Path data, Path accounts) throws Exception {
    return TestServer.start(
        ServerSettings.in(data)
            .withTrust(Trust.IN_TOOLS)
            .withStores(new StoreSettings(null, accounts, 1000)));
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
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(events(server, key)).hasSize(count));
  }

  @Test
  void whatATopicLosesOrTellsLateIsOneEvent() throws Exception {
    try (TestBucket lossy = TestBucket.make();
        TestBucket late = TestBucket.make();
        Front front = new Front()) {
      Path secret = Files.writeString(folder.resolve("secret"), SECRET);
      String source =
          "  %s: {type: push, format: s3, secret: {file: %s}, sweep: {bucket: s3://%s, every: 1s, settle: 2s}}\n";
      Path data =
          data(
              source.formatted("lossy", secret, lossy.name())
                  + source.formatted("late", secret, late.name()));
      Path accounts = lossy.sitesFile(folder, "");
      String push = front.url("/api/v1/sources/%s/events?secret=" + SECRET);
      String name = Long.toString(System.nanoTime(), 36);
      lossy.put("before", "x");
      try (TestServer server = start(data, accounts)) {
        lossy.notify(CephTopic.make("l" + name, Map.of("push-endpoint", push.formatted("lossy"))));
        late.notify(
            CephTopic.make(
                "k" + name, Map.of("push-endpoint", push.formatted("late"), "persistent", "true")));
        front.leadTo(server);
        lossy.put("told", "x");
        assertThat(events(server, "told")).hasSize(1);
        // In parts, of which the ETag is made.
        lossy.put("large", "x".repeat(6 << 20));
        assertThat(events(server, "large")).hasSize(1);

        front.leadTo(null);
        lossy.put("lost", "x");
        late.put("late", "one");
        await(server, "lost", 1);
        await(server, "late", 1);
        assertThat(events(server, "lost").getFirst().get("type").asString())
            .isEqualTo("com.amazonaws.s3.ObjectCreated:Sweep");

        // Now the topic tells what was found meanwhile, and then what it alone knows.
        front.leadTo(server);
        late.put("late", "two");
        await(server, "late", 2);
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(told(server, "late")).isGreaterThanOrEqualTo(3));
        assertThat(events(server, "late")).hasSize(2);
        assertThat(events(server, "told")).hasSize(1);
        assertThat(events(server, "large")).hasSize(1);
        assertThat(events(server, "before")).isEmpty();
        front.leadTo(null);
      }
      // What came while no server was there.
      lossy.put("away", "x");
      try (TestServer server = start(data, accounts)) {
        await(server, "away", 1);
        assertThat(server.json("/api/v1/events?limit=100").get("events")).hasSize(6);
      }
    }
  }

  /** By topics and listings, whatever became of it. */
  private static double told(TestServer server, String source) throws Exception {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("twinflow_events_total"))
        .filter(line -> line.contains("source=\"%s\"".formatted(source)))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void aBucketThatTellsNothingIsListedAndARunReadsTheObject() throws Exception {
    try (TestBucket bucket = TestBucket.make()) {
      Path data =
          data(
              "  scenes: {type: bucket, bucket: 's3://test@%s/raw/', sweep: {every: 1s}, for: everyone}\n"
                  .formatted(bucket.name()));
      Path accounts = bucket.sitesFile(folder, "s3://%s/".formatted(bucket.name()));
      try (TestServer server = start(data, accounts)) {
        Awaitility.await()
            .untilAsserted(() ->
                assertThat(
                        server.json("/api/v1/sources").at("/sources/0/sweep/connected").asBoolean())
                    .isTrue());
        bucket.put("raw/a b.csv", "level\n3\n");
        bucket.put("other/c.csv", "level\n4\n");
        await(server, "raw/a%20b.csv", 1);
        assertThat(server.json("/api/v1/events?limit=100").get("events")).hasSize(1);
        assertThat(server.json("/api/v1/sources").at("/sources/0/sweep/found").asLong()).isOne();
        JsonNode check = server.json("/api/v1/sources/scenes/check");
        assertThat(check.toString()).contains("can be listed").doesNotContain("problem");
      }
    }
  }

  @Test
  void aStoreThatTellsNobodyWhoListensIsNamed() throws Exception {
    try (TestBucket bucket = TestBucket.make()) {
      Path data =
          data(
              "  scenes: {type: bucket, bucket: s3://%s, listen: true, sweep: {every: 1s, settle: 1s}}\n"
                  .formatted(bucket.name()));
      Path accounts = bucket.sitesFile(folder, "");
      try (TestServer server = start(data, accounts)) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() ->
                assertThat(server.json("/api/v1/sources").at("/sources/0/trouble").asString(""))
                    .contains("listen: false"));
        bucket.put("a", "x");
        await(server, "a", 1);
      }
    }
  }
}
