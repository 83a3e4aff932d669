package io.twinflow.triggers.source.kafka;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Broker;
import io.twinflow.triggers.source.broker.Connection;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** Joins the group. */
final class KafkaBroker implements Broker {

  private static final int PATIENCE_MS = 5_000;

  private final KafkaOptions options;

  KafkaBroker(KafkaOptions options) {
    this.options = options;
  }

  @Override
  public Connection connect() throws Trouble, InterruptedException {
    knock(options);
    KafkaClients clients = new KafkaClients(options);
    Admin admin = clients.admin();
    boolean open = false;
    try {
      Topics topics = new Topics(options, admin);
      topics.find();
      Connection connection = new KafkaConnection(options, admin, topics, clients.consumer());
      open = true;
      return connection;
    } finally {
      if (!open) {
        admin.close(Duration.ZERO);
      }
    }
  }

  /** The client would try for long, and not say why nobody answers. */
  static void knock(KafkaOptions options) throws Trouble, InterruptedException {
    IOException last = null;
    for (Address address : options.addresses()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address.host(), address.port()), PATIENCE_MS);
        return;
      } catch (IOException e) {
        last = e;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    throw new KafkaTroubles(options)
        .silent(last == null ? new IOException("there is no address") : last);
  }

  @Override
  public List<Finding> check() {
    return new CheckKafka(options).findings();
  }
}
