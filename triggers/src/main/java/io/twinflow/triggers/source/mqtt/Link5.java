package io.twinflow.triggers.source.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Trouble;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * MQTT 5.0. How many messages are on their way at once is left to the broker: mosquitto 2.0.11
 * sends more than a client has said it takes, and again on each connection that follows.
 */
final class Link5 implements Link {

  private static final int KEEP_ALIVE_SECONDS = 20;

  private final Mqtt5AsyncClient client;
  private final MqttOptions options;
  private final MqttTroubles troubles;
  private final Handover handover;

  Link5(
      Mqtt5AsyncClient client,
      MqttOptions options,
      MqttTroubles troubles,
      Arrivals<Published> arrivals) {
    this.client = client;
    this.options = options;
    this.troubles = troubles;
    this.handover = new Handover(arrivals);
    // Before the connection: a session that goes on delivers at once.
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        publish -> handover.deliver(published(publish)),
        handover.thread(),
        true);
  }

  static Published published(Mqtt5Publish publish) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (Mqtt5UserProperty property : publish.getUserProperties().asList()) {
      properties.putIfAbsent(property.getName().toString(), property.getValue().toString());
    }
    return new Published(
        publish.getTopic().toString(),
        publish.getPayloadAsBytes(),
        publish.getContentType().map(Object::toString).orElse(null),
        properties,
        publish::acknowledge);
  }

  @Override
  public boolean connect(boolean fresh) throws Trouble, InterruptedException {
    Mqtt5ConnectBuilder connect =
        Mqtt5Connect.builder()
            .keepAlive(KEEP_ALIVE_SECONDS)
            .cleanStart(fresh)
            .sessionExpiryInterval(fresh ? 0 : options.expiry().toSeconds());
    String user = options.access().user();
    String password = options.access().password();
    if (user != null && password != null) {
      connect
          .simpleAuth()
          .username(user)
          .password(password.getBytes(StandardCharsets.UTF_8))
          .applySimpleAuth();
    }
    return troubles.await(client.connect(connect.build())).isSessionPresent();
  }

  @Override
  public List<Grant> subscribe(List<String> topics, boolean retained)
      throws Trouble, InterruptedException {
    List<Mqtt5Subscription> subscriptions = new ArrayList<>();
    for (String topic : topics) {
      subscriptions.add(
          Mqtt5Subscription.builder()
              .topicFilter(topic)
              .qos(options.quality())
              .retainHandling(
                  retained
                      ? Mqtt5RetainHandling.SEND_IF_SUBSCRIPTION_DOES_NOT_EXIST
                      : Mqtt5RetainHandling.DO_NOT_SEND)
              .retainAsPublished(true)
              .build());
    }
    Mqtt5Subscribe subscribe = Mqtt5Subscribe.builder().addSubscriptions(subscriptions).build();
    return grants(
        topics, troubles.await(client.subscribe(subscribe).exceptionallyCompose(Link5::refusal)));
  }

  /** The client takes an answer that refuses all for a failure. */
  private static CompletionStage<Mqtt5SubAck> refusal(Throwable failure) {
    return failure instanceof Mqtt5SubAckException refused
        ? CompletableFuture.completedFuture(refused.getMqttMessage())
        : CompletableFuture.failedFuture(failure);
  }

  private static List<Grant> grants(List<String> topics, Mqtt5SubAck answer) {
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < topics.size(); i++) {
      Mqtt5SubAckReasonCode code = answer.getReasonCodes().get(i);
      grants.add(new Grant(topics.get(i), code.getCode(), code.isError() ? code.toString() : null));
    }
    return grants;
  }

  @Override
  public void disconnect() {
    handover.close();
    End.of(client.disconnect());
  }
}
