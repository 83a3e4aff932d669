package io.twinflow.triggers.source.kafka;

import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.BinaryMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads records.
 *
 * @param topics their ids
 */
record KafkaMessages(Address broker, Map<String, Uuid> topics) {

  private static final String TYPE = "io.twinflow.kafka.message";

  /** Kafka Protocol Binding for CloudEvents 1.0.2, section 3.2.3. */
  private static final String PREFIX = "ce_";

  private static final String CONTENT_TYPE = "content-type";

  Message read(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      if (header.value() != null) {
        headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    BinaryMode event = BinaryMode.prefixed(PREFIX, headers, headers.get(CONTENT_TYPE));
    byte @Nullable [] body = record.value();
    return new Message(
        broker.channel("kafka", record.topic()),
        id(record),
        TYPE,
        event.attributes(),
        event.contentType(),
        key(record.key()),
        record.timestamp() < 0 ? null : Instant.ofEpochMilli(record.timestamp()),
        body == null ? new byte[0] : body);
  }

  /** Brokers before 2.8 have no ids of topics. */
  private String id(ConsumerRecord<?, ?> record) {
    Uuid generation = topics.getOrDefault(record.topic(), Uuid.ZERO_UUID);
    return "%s%s/%d/%d"
        .formatted(
            record.topic(),
            generation.equals(Uuid.ZERO_UUID) ? "" : "@" + generation,
            record.partition(),
            record.offset());
  }

  private static @Nullable String key(byte @Nullable [] key) {
    if (key == null || key.length == 0) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      return HexFormat.of().formatHex(key);
    }
  }
}
