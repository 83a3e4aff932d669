package io.twinflow.triggers.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.site.Finding.Level;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Keeper;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.SourceContract;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** MQTT 5 on mosquitto, with quality of service 1. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_MQTT_URL", matches = ".+")
class Mqtt5IT extends SourceContract {

  @Override
  protected SourceType type() {
    return new MqttType();
  }

  @Override
  protected Peer peer() {
    return Peer.of("mosquitto", "TWINFLOW_MQTT");
  }

  @Override
  protected Map<String, Setting> where(String place) {
    Map<String, Setting> where = new LinkedHashMap<>();
    where.put("session", text("session-" + place));
    where.put("topics", text(place + "/+"));
    return where;
  }

  @Override
  protected void make(String place) {
    // The first subscription makes a topic.
  }

  @Override
  protected void send(String place, List<Sent> messages) throws Exception {
    Peer peer = peer();
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

  private static Mqtt5Publish publish(String place, Sent message) {
    Map<String, String> attributes = new LinkedHashMap<>(message.attributes());
    String contentType = attributes.remove("datacontenttype");
    return Mqtt5Publish.builder()
        .topic(place + "/level")
        .qos(MqttQos.EXACTLY_ONCE)
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

  @Override
  protected void settle() throws Exception {
    peer().tell("save");
  }

  /** A topic is there as soon as somebody names it: nothing is to be mended. */
  @Override
  @Test
  protected void saysWhatIsNotThere() throws Exception {
    Source source = open(settings("never" + place));
    source.start(new Keeper());

    await(() -> source.state().connected());
    assertThat(source.state().trouble()).isNull();
    assertThat(source.check()).extracting(Finding::level).containsOnly(Level.GOOD);
  }

  @Override
  protected String unknown() {
    throw new UnsupportedOperationException("every topic is there");
  }

  @Override
  protected boolean knowsIds() {
    return false;
  }

  /**
   * Of two clients with one identifier each throws the other out; neither may do so without rest.
   */
  @Test
  void saysThatAnotherHasItsSession() throws Exception {
    Source first = open(settings(place));
    first.start(new Keeper());
    await(() -> first.state().connected());
    Source second = open(settings(place));
    second.start(new Keeper());

    await(() -> String.valueOf(first.state().trouble()).contains("session-" + place));
    second.close();
    await(() -> first.state().connected());
  }
}
