package io.twinflow.triggers.source.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.Publisher;
import io.twinflow.triggers.source.broker.SourceContract.Sent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What it has sent is with the broker, and need not be with anybody else. */
public record MqttPublisher(Peer peer, MqttQos quality) implements Publisher {

  public MqttPublisher(Peer peer) {
    this(peer, MqttQos.EXACTLY_ONCE);
  }

  @Override
  public void make(String place) {
    // The first subscription makes a topic.
  }

  @Override
  public void send(String place, List<Sent> messages) throws Exception {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost(peer.url().getHost())
            .serverPort(peer.url().getPort())
            .simpleAuth()
            .username(peer.user())
            .password(peer.password().getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildAsync();
    client.connect().get(30, TimeUnit.SECONDS);
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (Sent message : messages) {
      sent.add(client.publish(publish(place, message)));
    }
    for (CompletableFuture<?> one : sent) {
      one.get(30, TimeUnit.SECONDS);
    }
    client.disconnect().get(30, TimeUnit.SECONDS);
  }

  private Mqtt5Publish publish(String place, Sent message) {
    Map<String, String> attributes = new LinkedHashMap<>(message.attributes());
    String contentType = attributes.remove("datacontenttype");
    return Mqtt5Publish.builder()
        .topic(place + "/level")
        .qos(quality)
        .payload(message.body().getBytes(StandardCharsets.UTF_8))
        .contentType(contentType)
        .userProperties()
        .addAll(
            attributes.entrySet().stream()
                .map(one -> Mqtt5UserProperty.of(one.getKey(), one.getValue()))
                .toList())
        .applyUserProperties()
        .build();
  }
}
