package io.twinflow.triggers.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.mqtt.MqttOptions.Identity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedTest {

  private static final URI CHANNEL = URI.create("mqtt://broker.example.org:1883");

  private static Message message(String topic, String body, Identity identity) {
    return new Published(
            topic, body.getBytes(StandardCharsets.UTF_8), "text/csv", Map.of(), () -> {})
        .message(CHANNEL, identity);
  }

  @Test
  void theTopicIsTheSubject() {
    Message message = message("gauges/neckar", "1.2", Identity.DELIVERY);
    assertThat(message.channel()).isEqualTo(CHANNEL);
    assertThat(message.subject()).isEqualTo("gauges/neckar");
    assertThat(message.contentType()).isEqualTo("text/csv");
    assertThat(message.attributes()).isEmpty();
    assertThat(message.time()).isNull();
  }

  @Test
  void twoDeliveriesAreTwoMessages() {
    assertThat(message("a", "1.2", Identity.DELIVERY).id())
        .isNotEqualTo(message("a", "1.2", Identity.DELIVERY).id());
  }

  @Test
  void theSameBodyOnTheSameTopicIsTheSameMessageIfSomebodySaysSo() {
    String id = message("a", "1.2", Identity.BODY).id();
    assertThat(message("a", "1.2", Identity.BODY).id()).isEqualTo(id);
    assertThat(message("b", "1.2", Identity.BODY).id()).isNotEqualTo(id);
    assertThat(message("a1", ".2", Identity.BODY).id()).isNotEqualTo(id);
  }
}
