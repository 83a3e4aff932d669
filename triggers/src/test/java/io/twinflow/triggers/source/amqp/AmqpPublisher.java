package io.twinflow.triggers.source.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.Publisher;
import io.twinflow.triggers.source.broker.SourceContract.Sent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** With persistent messages and confirms. */
public record AmqpPublisher(Peer peer) implements Publisher {

  private static final int PERSISTENT = 2;

  private Connection connect() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(peer.url().getHost());
    factory.setPort(peer.url().getPort());
    factory.setUsername(peer.user());
    factory.setPassword(peer.password());
    return factory.newConnection();
  }

  @Override
  public void make(String place) throws Exception {
    try (Connection connection = connect();
        Channel channel = connection.createChannel()) {
      channel.queueDeclare(place, true, false, false, Map.of());
    }
  }

  @Override
  public void send(String place, List<Sent> messages) throws Exception {
    try (Connection connection = connect();
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      for (Sent message : messages) {
        Map<String, Object> headers = new LinkedHashMap<>();
        message.attributes().forEach((name, value) -> headers.put("cloudEvents:" + name, value));
        BasicProperties properties =
            new BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .messageId(UUID.randomUUID().toString())
                .headers(headers)
                .build();
        channel.basicPublish(
            "", place, properties, message.body().getBytes(StandardCharsets.UTF_8));
      }
      channel.waitForConfirmsOrDie(30_000);
    }
  }
}
