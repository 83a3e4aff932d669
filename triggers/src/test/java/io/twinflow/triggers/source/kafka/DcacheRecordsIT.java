package io.twinflow.triggers.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.KeptEvent;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.source.ConfiguredSource;
import io.twinflow.triggers.source.KeepMessages;
import io.twinflow.triggers.source.OpenSources;
import io.twinflow.triggers.source.SourceTypes;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.SourceContract.Sent;
import io.twinflow.triggers.source.bucket.Buckets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** dCache's records, through a real Kafka into the inbox. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KAFKA_URL", matches = ".+")
class DcacheRecordsIT {

  private static final String PLACE = "twinflow.yaml:3:5";
  private static final Sender SOURCE = new Sender("default", "source:billing");

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @TempDir private Path folder;

  private final Peer kafka = Peer.of("kafka", "TWINFLOW_KAFKA");
  private final String topic = "billing-" + UUID.randomUUID();

  private ConfiguredSource source() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), kafka.password());
    Map<String, Setting> fields = new LinkedHashMap<>();
    Map.of(
            "type",
            "kafka",
            "format",
            "dcache",
            "addresses",
            kafka.address(),
            "topics",
            topic,
            "group",
            topic,
            "user",
            kafka.user())
        .forEach((name, value) -> fields.put(name, Setting.text(value, PLACE)));
    fields.put(
        "password",
        new Setting(
            new Written.Fields(Map.of("file", Setting.text(password.toString(), PLACE))), PLACE));
    return new OpenSources(SourceTypes.all(Buckets.NONE), Buckets.NONE)
        .of(Map.of("billing", new Setting(new Written.Fields(fields), PLACE)))
        .getFirst();
  }

  private void send(String... records) throws Exception {
    KafkaPublisher publisher = new KafkaPublisher(kafka);
    publisher.make(topic);
    publisher.send(topic, Stream.of(records).map(record -> new Sent(record, Map.of())).toList());
  }

  private static String transfer(String file, String isWrite, boolean isP2p, int code) {
    return """
    {"version":"1.0","msgType":"transfer","date":"2026-11-21T10:00:00Z","cellName":"pool1",
     "session":"s-%1$s","status":{"code":%4$d,"msg":""},"pnfsid":"id-%1$s","billingPath":"/data/%1$s",
     "transferPath":"/data/%1$s","fileSize":7,"isWrite":"%2$s","isP2p":%3$s}
    """
        .formatted(file, isWrite, isP2p, code);
  }

  @Test
  void whatWasWrittenAndRemovedIsAnEventOnceAndWhatCannotBeReadIsRefused() throws Exception {
    send(
        "{\"VERSION\":\"1.0\",\"msgType\":\"request\",\"status\":{\"code\":0},\"transferPath\":\"/data/a\"}",
        transfer("a", "write", false, 0),
        transfer("a", "write", false, 0),
        transfer("b", "read", false, 0),
        transfer("c", "write", true, 0),
        transfer("d", "write", false, 10_006),
        "no record at all",
        "{\"version\":\"1.0\",\"msgType\":\"remove\",\"transaction\":\"t\",\"date\":\"2026-11-21T10:00:01Z\",\"status\":{\"code\":0},\"pnfsid\":\"id-a\",\"billingPath\":\"/data/a\"}",
        transfer("last", "write", false, 0));
    Inbox inbox = new Inbox(database.pool());
    ConfiguredSource billing = source();
    try (var source = billing.source()) {
      source.start(KeepMessages.of(inbox, SOURCE, billing, (accepted, duplicates, refused) -> {}));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              all(inbox).stream().anyMatch(kept -> "/data/last".equals(kept.event().getSubject())));
    }
    assertThat(all(inbox))
        .extracting(kept -> kept.event().getType() + " " + kept.event().getSubject())
        .containsExactly(
            "io.twinflow.dcache.file /data/a",
            "io.twinflow.kafka.message neckar",
            "io.twinflow.dcache.removed /data/a",
            "io.twinflow.dcache.file /data/last");
    assertThat(all(inbox).get(1).reason()).contains("JSON");
  }

  private static List<KeptEvent> all(Inbox inbox) throws Exception {
    return inbox.page("default", new Inbox.Query(null, null, null, null, null), 100).reversed();
  }
}
