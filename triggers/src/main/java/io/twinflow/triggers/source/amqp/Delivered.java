package io.twinflow.triggers.source.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.BinaryMode;
import java.net.URI;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message of a queue, and the number by which it is acknowledged. */
record Delivered(Message message, long tag) {

  private static final String TYPE = "io.twinflow.amqp.message";

  /** As CloudEvents' binding for AMQP has it; an underscore stands where no colon may be. */
  private static final String PREFIX = "cloudevents:";

  private static final String OTHER_PREFIX = "cloudevents_";

  static Delivered of(URI channel, Delivery delivery) {
    BasicProperties properties = delivery.getProperties();
    BinaryMode event =
        BinaryMode.prefixed(PREFIX, headers(properties.getHeaders()), properties.getContentType());
    String id = properties.getMessageId();
    Date time = properties.getTimestamp();
    return new Delivered(
        new Message(
            channel,
            id == null || id.isEmpty() ? UUID.randomUUID().toString() : id,
            TYPE,
            event.attributes(),
            event.contentType(),
            delivery.getEnvelope().getRoutingKey(),
            time == null ? null : time.toInstant(),
            delivery.getBody()),
        delivery.getEnvelope().getDeliveryTag());
  }

  private static Map<String, String> headers(@Nullable Map<String, Object> headers) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (headers != null) {
      headers.forEach((name, value) -> {
        String lower = name.toLowerCase(Locale.ROOT);
        if (value != null) {
          texts.putIfAbsent(
              lower.startsWith(OTHER_PREFIX)
                  ? PREFIX + lower.substring(OTHER_PREFIX.length())
                  : lower,
              value instanceof Date date ? date.toInstant().toString() : value.toString());
        }
      });
    }
    return texts;
  }
}
