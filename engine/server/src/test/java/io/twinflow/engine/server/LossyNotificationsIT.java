package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import io.twinflow.engine.server.data.StoreSettings;
import io.twinflow.triggers.source.broker.Line;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.SourceContract.Sent;
import io.twinflow.triggers.source.mqtt.MqttPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Notifications of a bucket of Ceph that mosquitto forgets while nobody is there, as it does with
 * quality of service 0: the sweep finds their objects.
 */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_MQTT_URL", matches = ".+")
final class LossyNotificationsIT {

  private static final int ROUNDS = 3;
  private static final int TOGETHER = 5;

  private static final String COUNT =
      """
      {"cwlVersion": "v1.2", "class": "ExpressionTool", "id": "count",
       "requirements": [{"class": "InlineJavascriptRequirement"}],
       "inputs": {"number": "int"}, "outputs": {"same": "int"},
       "expression": "${ return {same: inputs.number}; }"}
      """;

  private static final String TRIGGER =
      """
      name: scenes
      source: scenes
      filter: {type: 'com.amazonaws.s3.ObjectCreated:*'}
      workflow: count
      inputs: {number: '$(parseInt(self.object.key))'}
      """;

  @TempDir private Path folder;

  private final Peer broker = Peer.of("mosquitto", "TWINFLOW_MQTT");
  private final MqttPublisher publisher = new MqttPublisher(broker, MqttQos.AT_MOST_ONCE);
  private final String place = "scenes" + Long.toString(System.nanoTime(), 36);
  private TestBucket bucket;
  private Line line;
  private TestServer server;
  private int next;

  @BeforeEach
  void start() throws Exception {
    bucket = TestBucket.make();
    line = new Line(broker.address());
    Path data = Files.createDirectories(folder.resolve("data"));
    Path password = Files.writeString(folder.resolve("password"), broker.password());
    Files.writeString(
        data.resolve("twinflow.yaml"),
        """
        sources:
          scenes:
            type: mqtt
            format: s3
            addresses: %s
            user: %s
            password: {file: %s}
            session: %s
            topics: %s/+
            qos: 0
            sweep: {bucket: s3://%s, every: 1s, settle: 2s}
            for: everyone
        """
            .formatted(line.address(), broker.user(), password, place, place, bucket.name()));
    server =
        TestServer.start(
            ServerSettings.in(data)
                .withTrust(Trust.IN_TOOLS)
                .withStores(new StoreSettings(null, bucket.sitesFile(folder, ""), 1000)));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    line.close();
    bucket.close();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  private JsonNode source() throws Exception {
    return server.json("/api/v1/sources").at("/sources/0");
  }

  private void awaitConnected(boolean connected) {
    await(() -> source().get("connected").asBoolean() == connected);
  }

  private void awaitMessages(int count) {
    await(() -> source().get("taken").asInt() == count);
  }

  private List<String> types(int number) throws Exception {
    return server
        .json("/api/v1/events?limit=100&subject=" + number)
        .get("events")
        .valueStream()
        .map(event -> event.get("type").asString())
        .toList();
  }

  private void save() throws Exception {
    server.send(
        server
            .to("/api/v1/workflows?name=count")
            .header("Content-Type", "application/cwl")
            .POST(BodyPublishers.ofString(COUNT)));
    var saved =
        server.send(
            server
                .to("/api/v1/triggers/scenes")
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(TRIGGER)));
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(201);
  }

  /** Objects, of each of which the broker is told. */
  private void put(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String key = Integer.toString(next++);
      String etag = bucket.put(key, "content of " + key);
      publisher.send(place, List.of(new Sent(notification(key, etag), Map.of())));
    }
  }

  private String notification(String key, String etag) {
    Instant now = Instant.now();
    return """
    {"Records": [{"eventVersion": "2.2", "eventSource": "ceph:s3", "eventName": "ObjectCreated:Put", "eventTime": "%s",
      "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s", "eTag": "%s", "size": 12, "sequencer": "%X"}}}]}
    """
        .formatted(now, bucket.name(), key, etag, now.toEpochMilli());
  }

  private List<String> runs() throws Exception {
    return server
        .json("/api/v1/firings?limit=1000&state=done")
        .get("firings")
        .valueStream()
        .map(firing -> firing.get("run").asString())
        .distinct()
        .toList();
  }

  private int number(String run) throws Exception {
    return server.json("/api/v1/runs/" + run + "/outputs").at("/outputs/same").asInt();
  }

  @Test
  void theSweepFindsWhatTheBrokerForgotAndEachObjectRunsOnce() throws Exception {
    save();
    awaitConnected(true);
    await(() -> source().at("/sweep/connected").asBoolean());
    for (int round = 1; round <= ROUNDS; round++) {
      put(TOGETHER);
      awaitMessages(TOGETHER * round);
      line.cut();
      awaitConnected(false);
      put(TOGETHER);
      line.mend();
      awaitConnected(true);
    }
    put(1);
    int told = TOGETHER * ROUNDS + 1;
    // A broker keeps the order of what it gives: before the last one there was nothing else.
    awaitMessages(told);

    await(() -> runs().size() == next);
    // A last one that only a listing finds, which has seen all others too.
    String last = Integer.toString(next++);
    bucket.put(last, "content of " + last);
    await(() -> runs().size() == next);

    assertThat(source().get("taken").asInt()).isEqualTo(told);
    assertThat(source().at("/sweep/found").asInt()).isGreaterThanOrEqualTo(next - told);
    for (int number = 0; number < next; number++) {
      assertThat(types(number)).as("events of object %d", number).hasSize(1);
    }
    for (int number = TOGETHER; number < 2 * TOGETHER; number++) {
      assertThat(types(number)).containsExactly("com.amazonaws.s3.ObjectCreated:Sweep");
    }
    assertThat(server.json("/api/v1/runs?limit=1000").get("runs")).hasSize(next);
    List<Integer> numbers = new ArrayList<>();
    for (String run : runs()) {
      await(() -> server.json("/api/v1/runs/" + run).get("state").asString().equals("succeeded"));
      numbers.add(number(run));
    }
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, next).boxed().toList());
  }
}
