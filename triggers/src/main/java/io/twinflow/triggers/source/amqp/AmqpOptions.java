package io.twinflow.triggers.source.amqp;

import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import java.net.URI;
import java.util.List;

/**
 * @param prefetch so many messages are on their way, or not acknowledged yet, at most
 */
record AmqpOptions(
    List<Address> addresses, Access access, String virtualHost, String queue, int prefetch) {

  /** The virtual host that every broker has. */
  static final String ROOT = "/";

  AmqpOptions {
    addresses = List.copyOf(addresses);
  }

  URI channel() {
    return addresses
        .getFirst()
        .channel("amqp", virtualHost.equals(ROOT) ? queue : virtualHost + "/" + queue);
  }

  /** Half of them are handed over while the other half comes. */
  int batch() {
    return Math.max(1, prefetch / 2);
  }
}
