package io.twinflow.triggers.source.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.suback.Mqtt3SubAck;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.suback.Mqtt3SubAckReturnCode;
import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Trouble;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** MQTT 3.1.1. It sends retained messages at each subscription, wanted or not. */
final class Link3 implements Link {

  private static final int KEEP_ALIVE_SECONDS = 20;

  private final Mqtt3AsyncClient client;
  private final MqttOptions options;
  private final MqttTroubles troubles;
  private final Handover handover;

  Link3(
      Mqtt3AsyncClient client,
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

  static Published published(Mqtt3Publish publish) {
    return new Published(
        publish.getTopic().toString(),
        publish.getPayloadAsBytes(),
        null,
        Map.of(),
        publish::acknowledge);
  }

  @Override
  public boolean connect(boolean fresh) throws Trouble, InterruptedException {
    Mqtt3ConnectBuilder connect =
        Mqtt3Connect.builder().keepAlive(KEEP_ALIVE_SECONDS).cleanSession(fresh);
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
    List<Mqtt3Subscription> subscriptions = new ArrayList<>();
    for (String topic : topics) {
      subscriptions.add(
          Mqtt3Subscription.builder().topicFilter(topic).qos(options.quality()).build());
    }
    Mqtt3Subscribe subscribe = Mqtt3Subscribe.builder().addSubscriptions(subscriptions).build();
    return grants(
        topics, troubles.await(client.subscribe(subscribe).exceptionallyCompose(Link3::refusal)));
  }

  /** The client takes an answer that refuses all for a failure. */
  private static CompletionStage<Mqtt3SubAck> refusal(Throwable failure) {
    return failure instanceof Mqtt3SubAckException refused
        ? CompletableFuture.completedFuture(refused.getMqttMessage())
        : CompletableFuture.failedFuture(failure);
  }

  private static List<Grant> grants(List<String> topics, Mqtt3SubAck answer) {
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < topics.size(); i++) {
      Mqtt3SubAckReturnCode code = answer.getReturnCodes().get(i);
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
