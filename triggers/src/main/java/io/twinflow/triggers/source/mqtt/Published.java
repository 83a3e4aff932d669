package io.twinflow.triggers.source.mqtt;

import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.BinaryMode;
import io.twinflow.triggers.source.mqtt.MqttOptions.Identity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as both versions of the protocol deliver it.
 *
 * @param properties of the user; empty before version 5
 * @param acknowledge to be called once, when it was taken
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Published(
    String topic,
    byte[] body,
    @Nullable String contentType,
    Map<String, String> properties,
    Runnable acknowledge) {

  private static final String TYPE = "io.twinflow.mqtt.message";

  /**
   * @param channel of the broker
   */
  Message message(URI channel, Identity identity) {
    BinaryMode event = BinaryMode.plain(properties, contentType);
    return new Message(
        channel, id(identity), TYPE, event.attributes(), event.contentType(), topic, null, body);
  }

  private String id(Identity identity) {
    return switch (identity) {
      case DELIVERY -> UUID.randomUUID().toString();
      case BODY -> digest();
    };
  }

  /** No topic holds the character that divides it from the body (MQTT 5.0, section 4.7.3). */
  private String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(topic.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
