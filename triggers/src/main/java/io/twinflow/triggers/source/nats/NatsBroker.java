package io.twinflow.triggers.source.nats;

import io.nats.client.Connection;
import io.nats.client.Connection.Status;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Options.HostnameResolveMode;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Broker;
import io.twinflow.triggers.source.broker.Tls;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Connects to whichever of the servers answers. */
final class NatsBroker implements Broker {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NatsOptions options;

  NatsBroker(NatsOptions options) {
    this.options = options;
  }

  @Override
  public io.twinflow.triggers.source.broker.Connection connect()
      throws Trouble, InterruptedException {
    LastError lastError = new LastError();
    NatsTroubles troubles = troubles(options, lastError);
    Connection connection = open(options, lastError);
    boolean open = false;
    try {
      Position position = Position.find(options, connection, troubles);
      var found = new NatsConnection(options, connection, position, troubles);
      open = true;
      return found;
    } finally {
      if (!open) {
        connection.close();
      }
    }
  }

  static NatsTroubles troubles(NatsOptions options, LastError lastError) {
    String where =
        options.addresses().stream().map(Address::toString).collect(Collectors.joining(", "));
    return new NatsTroubles(options, where, lastError);
  }

  /** Without the client's own way of connecting anew, which would hide what was lost meanwhile. */
  static Connection open(NatsOptions options, LastError lastError)
      throws Trouble, InterruptedException {
    Tls tls = options.access().tls();
    Options.Builder builder =
        new Options.Builder()
            .servers(
                options.addresses().stream()
                    .map(address -> (tls == null ? "nats://" : "tls://") + address)
                    .toArray(String[]::new))
            .noRandomize()
            // A certificate has the name of the server, not its number.
            .hostnameResolveMode(HostnameResolveMode.HappyEyeballs)
            .ignoreDiscoveredServers()
            .maxReconnects(0)
            .connectionName("twinflow")
            .connectionTimeout(PATIENCE)
            .pingInterval(PATIENCE)
            .errorListener(lastError);
    if (tls != null) {
      builder.sslContext(tls.context());
    }
    String user = options.access().user();
    String password = options.access().password();
    if (user != null && password != null) {
      builder.userInfo(user.toCharArray(), password.toCharArray());
    }
    if (options.credentials() != null) {
      builder.authHandler(Nats.credentials(options.credentials().toString()));
    }
    try {
      Connection connection = Nats.connect(builder.build());
      if (connection.getStatus() != Status.CONNECTED) {
        throw new IOException("the connection was refused");
      }
      return connection;
    } catch (IOException e) {
      throw troubles(options, lastError).of(e);
    }
  }

  @Override
  public List<Finding> check() {
    return new CheckNats(options).findings();
  }
}
