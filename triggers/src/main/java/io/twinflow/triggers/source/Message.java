package io.twinflow.triggers.source;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a channel delivered, before anybody has understood it. If it is no event itself, it becomes
 * one with these words: channel is the event's {@code source}.
 *
 * @param channel where it came from, as in {@code kafka://broker.example.org/readings}; without
 *     user and password
 * @param id of the message in the channel; the same each time that it is delivered
 * @param type of the event, as in {@code io.twinflow.kafka.message}
 * @param attributes of CloudEvents that were delivered beside the body, by their names without a
 *     prefix; empty if it is none, or the body has all
 * @param contentType of the body
 * @param subject what it is about in the channel's own words: a key, a topic, a routing key
 * @param time when it was made, or sent
 * @param audience whose triggers alone it is for; null for all that the source is for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Message(
    URI channel,
    String id,
    String type,
    Map<String, String> attributes,
    @Nullable String contentType,
    @Nullable String subject,
    @Nullable Instant time,
    byte[] body,
    @Nullable String audience) {
  public Message {
    attributes = Map.copyOf(attributes);
  }

  /** For all that the source is for. */
  public Message(
      URI channel,
      String id,
      String type,
      Map<String, String> attributes,
      @Nullable String contentType,
      @Nullable String subject,
      @Nullable Instant time,
      byte[] body) {
    this(channel, id, type, attributes, contentType, subject, time, body, null);
  }
}
