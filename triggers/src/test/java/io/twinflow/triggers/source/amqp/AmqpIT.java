package io.twinflow.triggers.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Keeper;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.SourceContract;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** AMQP 0-9-1 on RabbitMQ. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_AMQP_URL", matches = ".+")
class AmqpIT extends SourceContract {

  private static final int PERSISTENT = 2;

  @Override
  protected SourceType type() {
    return new AmqpType();
  }

  @Override
  protected Peer peer() {
    return Peer.of("rabbitmq", "TWINFLOW_AMQP");
  }

  @Override
  protected Map<String, Setting> where(String place) {
    Map<String, Setting> where = new LinkedHashMap<>();
    where.put("queue", text(place));
    return where;
  }

  private Connection connect() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(peer().url().getHost());
    factory.setPort(peer().url().getPort());
    factory.setUsername(peer().user());
    factory.setPassword(peer().password());
    return factory.newConnection();
  }

  @Override
  protected void make(String place) throws Exception {
    try (Connection connection = connect();
        Channel channel = connection.createChannel()) {
      channel.queueDeclare(place, true, false, false, Map.of());
    }
  }

  @Override
  protected void send(String place, List<Sent> messages) throws Exception {
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

  @Override
  protected String unknown() {
    return "no queue";
  }

  @Override
  protected boolean knowsIds() {
    return true;
  }

  @Test
  void saysWhatTheUserMayNotDo() throws Exception {
    Source source = open(asGuest());
    source.start(new Keeper());

    await(() -> source.state().trouble().contains("user guest may not read the queue " + place));
    assertThat(source.state().trouble()).contains("ACCESS_REFUSED", "permission to read it");
  }

  @Test
  void saysWhichVirtualHostIsNotThere() throws Exception {
    Map<String, Setting> settings = settings(place);
    settings.put("virtualHost", text("nowhere"));
    Source source = open(settings);
    source.start(new Keeper());

    await(() -> source.state().trouble().contains("virtual host nowhere"));
    assertThat(source.check())
        .singleElement()
        .satisfies(finding -> assertThat(finding.mend()).contains("virtualHost:"));
  }
}
