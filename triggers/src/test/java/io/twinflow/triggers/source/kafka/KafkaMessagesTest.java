package io.twinflow.triggers.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Address;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KafkaMessagesTest {

  private static final Uuid TOPIC = Uuid.fromString("AAAAAAAAAAAAAAAAAAAAAQ");
  private static final Instant TIME = Instant.parse("2026-11-21T12:00:00.123Z");

  private static Message message(Uuid topic, byte[] key, byte[] value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("ce_id", "7".getBytes(StandardCharsets.UTF_8));
    headers.add("ce_type", "org.example.é".getBytes(StandardCharsets.UTF_8));
    headers.add("content-type", "text/csv".getBytes(StandardCharsets.UTF_8));
    headers.add("nothing", null);
    return new KafkaMessages(new Address("broker.example.org", 9092), Map.of("readings", topic))
        .read(
            new ConsumerRecord<>(
                "readings",
                2,
                17,
                TIME.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty()));
  }

  @Test
  void theIdIsItsPlaceInThisTopicAndNoOtherOfTheName() {
    Message message = message(TOPIC, null, new byte[] {1});
    assertThat(message.id()).isEqualTo("readings@AAAAAAAAAAAAAAAAAAAAAQ/2/17");
    assertThat(message.channel()).hasToString("kafka://broker.example.org:9092/readings");
    assertThat(message(Uuid.ZERO_UUID, null, new byte[] {1}).id()).isEqualTo("readings/2/17");
  }

  @Test
  void headersAreAttributesAndTheKeyIsTheSubject() {
    Message message = message(TOPIC, "neckar".getBytes(StandardCharsets.UTF_8), new byte[] {1});
    assertThat(message.attributes()).isEqualTo(Map.of("id", "7", "type", "org.example.é"));
    assertThat(message.contentType()).isEqualTo("text/csv");
    assertThat(message.subject()).isEqualTo("neckar");
    assertThat(message.time()).isEqualTo(TIME);
  }

  @Test
  void aKeyThatIsNoTextAndABodyThatIsNotThereHarmNobody() {
    Message message = message(TOPIC, new byte[] {(byte) 0xff, 1}, null);
    assertThat(message.subject()).isEqualTo("ff01");
    assertThat(message.body()).isEmpty();
  }
}
