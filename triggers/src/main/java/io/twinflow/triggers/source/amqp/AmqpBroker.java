package io.twinflow.triggers.source.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Broker;
import io.twinflow.triggers.source.broker.Tls;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Connects to the first of the addresses that answers, and reads the queue. */
final class AmqpBroker implements Broker {

  private static final int PATIENCE_MS = 10_000;
  private static final int HEARTBEAT_SECONDS = 20;

  /** To end a connection takes no longer. */
  static final int END_MS = 2_000;

  private final AmqpOptions options;
  private final AmqpTroubles troubles;

  AmqpBroker(AmqpOptions options) {
    this.options = options;
    this.troubles = new AmqpTroubles(options);
  }

  @Override
  public io.twinflow.triggers.source.broker.Connection connect()
      throws Trouble, InterruptedException {
    Connection connection = open(options);
    boolean open = false;
    try {
      AmqpConnection found = new AmqpConnection(connection, consume(connection));
      open = true;
      return found;
    } finally {
      if (!open) {
        connection.abort(END_MS);
      }
    }
  }

  private AmqpConnection.Reading consume(Connection connection) throws Trouble {
    Arrivals<Delivered> arrivals =
        new Arrivals<>(options.batch(), delivered -> delivered.message().body().length);
    try {
      Channel channel = connection.createChannel();
      channel.addShutdownListener(end -> arrivals.lose(troubles.of(end)));
      channel.basicQos(options.prefetch());
      channel.basicConsume(
          options.queue(),
          false,
          (_, delivery) -> deliver(arrivals, Delivered.of(options.channel(), delivery)),
          _ -> arrivals.lose(troubles.cancelled()));
      return new AmqpConnection.Reading(channel, options.queue(), arrivals, troubles);
    } catch (IOException | ShutdownSignalException e) {
      throw troubles.of(e);
    }
  }

  private static void deliver(Arrivals<Delivered> arrivals, Delivered one) {
    try {
      arrivals.deliver(one);
    } catch (InterruptedException e) {
      // Closing: what was not acknowledged comes again.
      Thread.currentThread().interrupt();
    }
  }

  /** Without the client's own recovery, which would acknowledge by numbers that hold no more. */
  static Connection open(AmqpOptions options) throws Trouble, InterruptedException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUsername(options.access().user());
    factory.setPassword(options.access().password());
    factory.setVirtualHost(options.virtualHost());
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setConnectionTimeout(PATIENCE_MS);
    factory.setHandshakeTimeout(PATIENCE_MS);
    factory.setChannelRpcTimeout(PATIENCE_MS);
    factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    factory.setExceptionHandler(new Quiet());
    Tls tls = options.access().tls();
    if (tls != null) {
      factory.useSslProtocol(tls.context());
      factory.enableHostnameVerification();
    }
    try {
      return factory.newConnection(
          options.addresses().stream()
              .map(address -> new com.rabbitmq.client.Address(address.host(), address.port()))
              .toList(),
          "twinflow");
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new AmqpTroubles(options).of(e);
    }
  }

  @Override
  public List<Finding> check() {
    return new CheckAmqp(options).findings();
  }
}
