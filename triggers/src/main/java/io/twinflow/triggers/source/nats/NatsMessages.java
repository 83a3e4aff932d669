package io.twinflow.triggers.source.nats;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.twinflow.triggers.source.broker.BinaryMode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of a stream.
 *
 * @param generation of the stream, for ids
 */
record NatsMessages(URI channel, String generation) {

  private static final String TYPE = "io.twinflow.nats.message";
  private static final String PREFIX = "ce-";

  /** By which a publisher lets the stream know what it has sent before. */
  private static final String ID = "Nats-Msg-Id";

  io.twinflow.triggers.source.Message read(Message message) {
    Map<String, String> headers = headers(message.getHeaders());
    NatsJetStreamMetaData place = message.metaData();
    String id = headers.get(ID);
    BinaryMode event = BinaryMode.prefixed(PREFIX, headers, contentType(headers));
    byte[] body = message.getData();
    return new io.twinflow.triggers.source.Message(
        channel,
        id == null ? "%s/%d".formatted(generation, place.streamSequence()) : id,
        TYPE,
        event.attributes(),
        event.contentType(),
        message.getSubject(),
        place.timestamp().toInstant(),
        body == null ? new byte[0] : body);
  }

  private static Map<String, String> headers(@Nullable Headers headers) {
    Map<String, String> read = new LinkedHashMap<>();
    if (headers != null) {
      headers.forEach((name, values) -> read.put(name, value(name, values)));
    }
    return read;
  }

  private static String value(String name, List<String> values) {
    String value = values.isEmpty() ? "" : values.getFirst();
    return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) ? decoded(value) : value;
  }

  /** Percent-encoded, as in HTTP (NATS Protocol Binding for CloudEvents 1.0.2, section 3.2.3). */
  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private static @Nullable String contentType(Map<String, String> headers) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase("Content-Type")) {
        return header.getValue();
      }
    }
    return null;
  }
}
