package io.twinflow.triggers.source.mqtt;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Broker;
import io.twinflow.triggers.source.broker.Connection;
import io.twinflow.triggers.source.broker.Trouble;
import io.twinflow.triggers.source.mqtt.MqttOptions.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens the session at the first of the addresses that lets it in. */
final class MqttBroker implements Broker {

  private static final Logger LOG = System.getLogger(MqttBroker.class.getName());

  private final MqttOptions options;
  private final URI channel;

  /** Of 3.1.1, which sends retained messages at each subscription: once is enough. */
  private boolean subscribed;

  MqttBroker(MqttOptions options) {
    this.options = options;
    this.channel = options.addresses().getFirst().channel("mqtt", "");
  }

  @Override
  public Connection connect() throws Trouble, InterruptedException {
    Trouble last = null;
    for (Address address : options.addresses()) {
      try {
        return connect(address);
      } catch (Trouble e) {
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw last == null ? new Trouble("there is no address", "set addresses:") : last;
  }

  private Connection connect(Address address) throws Trouble, InterruptedException {
    Arrivals<Published> arrivals = new Arrivals<>(MqttOptions.BATCH, one -> one.body().length);
    Link link = Links.make(options, address, options.session(), arrivals);
    boolean open = false;
    try {
      boolean known = link.connect(false);
      if (!known) {
        LOG.log(
            Level.WARNING,
            "{0} had no session {1} and begins one: what was published while there was none does not come",
            address,
            options.session());
      }
      String trouble = null;
      if (!known || !subscribed || options.version() == Version.V5) {
        trouble = refused(address, link.subscribe(options.topics(), true));
        subscribed = true;
      }
      Connection connection =
          new MqttConnection(link, arrivals, channel, options.identity(), trouble);
      open = true;
      return connection;
    } finally {
      if (!open) {
        arrivals.lose(new Trouble("not opened", ""));
        link.disconnect();
      }
    }
  }

  /** Of several topics those that are granted are received. */
  private static @Nullable String refused(Address address, List<Grant> grants) throws Trouble {
    String refused =
        grants.stream()
            .filter(grant -> grant.refusal() != null)
            .map(grant -> "%s (%s)".formatted(grant.topic(), grant.refusal()))
            .collect(Collectors.joining(", "));
    if (refused.isEmpty()) {
      return null;
    }
    Trouble trouble =
        new Trouble("%s: the broker refuses %s".formatted(address, refused), CheckMqtt.ALLOW);
    if (grants.stream().allMatch(grant -> grant.refusal() != null)) {
      throw trouble;
    }
    return trouble.getMessage();
  }

  @Override
  public List<Finding> check() {
    return new CheckMqtt(options).findings();
  }
}
