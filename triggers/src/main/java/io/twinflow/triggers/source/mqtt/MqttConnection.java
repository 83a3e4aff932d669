package io.twinflow.triggers.source.mqtt;

import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Connection;
import io.twinflow.triggers.source.broker.Trouble;
import io.twinflow.triggers.source.mqtt.MqttOptions.Identity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session's messages. The broker keeps each until it is acknowledged, and their order. */
final class MqttConnection implements Connection {

  private final Link link;
  private final Arrivals<Published> arrivals;
  private final URI channel;
  private final Identity identity;
  private final @Nullable String trouble;
  private List<Published> last = List.of();

  /**
   * @param trouble topics that the broker refuses; null if it refuses none
   */
  MqttConnection(
      Link link,
      Arrivals<Published> arrivals,
      URI channel,
      Identity identity,
      @Nullable String trouble) {
    this.link = link;
    this.arrivals = arrivals;
    this.channel = channel;
    this.identity = identity;
    this.trouble = trouble;
  }

  @Override
  public List<Message> receive(Duration atMost) throws Trouble, InterruptedException {
    last = arrivals.batch(atMost);
    return last.stream().map(one -> one.message(channel, identity)).toList();
  }

  @Override
  public void acknowledge() throws Trouble {
    arrivals.check();
    last.forEach(one -> one.acknowledge().run());
  }

  @Override
  public void hold() throws Trouble {
    arrivals.check();
  }

  @Override
  public @Nullable String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    link.disconnect();
  }
}
