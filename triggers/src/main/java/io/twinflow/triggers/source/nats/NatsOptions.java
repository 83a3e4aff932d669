package io.twinflow.triggers.source.nats;

import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param credentials a file as {@code nsc} makes it; null for user and password
 * @param consumer the durable one that holds the position; made if it is not there
 * @param subject of the stream, perhaps with wildcards; null for all
 * @param ackWait of a consumer that is made: when what was not acknowledged is sent again
 * @param batch messages at most
 */
record NatsOptions(
    List<Address> addresses,
    Access access,
    @Nullable Path credentials,
    String stream,
    String consumer,
    @Nullable String subject,
    Duration ackWait,
    int batch) {

  NatsOptions {
    addresses = List.copyOf(addresses);
  }

  String who() {
    return credentials == null ? access.who() : "who is named in " + credentials;
  }
}
