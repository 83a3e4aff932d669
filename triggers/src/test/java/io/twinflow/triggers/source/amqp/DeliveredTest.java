package io.twinflow.triggers.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.LongStringHelper;
import io.twinflow.triggers.source.Message;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveredTest {

  private static final Instant TIME = Instant.parse("2026-11-21T12:00:00Z");

  private static Message message(BasicProperties properties) {
    return Delivered.of(
            URI.create("amqp://broker.example.org:5672/readings"),
            new Delivery(new Envelope(3, false, "ex", "gauges.neckar"), properties, new byte[] {1}))
        .message();
  }

  @Test
  void bothPrefixesOfCloudEventsAreRead() {
    Message message =
        message(
            new BasicProperties.Builder()
                .contentType("text/csv")
                .headers(
                    Map.of(
                        "cloudEvents:id", LongStringHelper.asLongString("7"),
                        "cloudEvents_type", LongStringHelper.asLongString("org.example.reading"),
                        "cloudEvents:sequence", 5,
                        "cloudEvents:time", Date.from(TIME),
                        "x-death", "no"))
                .build());
    assertThat(message.attributes())
        .isEqualTo(
            Map.of(
                "id", "7",
                "type", "org.example.reading",
                "sequence", "5",
                "time", "2026-11-21T12:00:00Z"));
    assertThat(message.contentType()).isEqualTo("text/csv");
  }

  @Test
  void thePublishersIdIsTheId() {
    Message message =
        message(new BasicProperties.Builder().messageId("m-1").timestamp(Date.from(TIME)).build());
    assertThat(message.id()).isEqualTo("m-1");
    assertThat(message.subject()).isEqualTo("gauges.neckar");
    assertThat(message.time()).isEqualTo(TIME);
    assertThat(message.attributes()).isEmpty();
  }

  @Test
  void withoutOneEachDeliveryHasItsOwn() {
    BasicProperties none = new BasicProperties.Builder().build();
    assertThat(message(none).id()).isNotEqualTo(message(none).id());
  }
}
