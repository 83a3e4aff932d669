package io.twinflow.triggers.source.nats;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.Publisher;
import io.twinflow.triggers.source.broker.SourceContract.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** With the acknowledgement of JetStream. */
public record NatsPublisher(Peer peer) implements Publisher {

  Connection connect() throws Exception {
    return Nats.connect(
        new Options.Builder()
            .server("nats://" + peer.address())
            .userInfo(peer.user(), peer.password())
            .build());
  }

  @Override
  public void make(String place) throws Exception {
    try (Connection connection = connect()) {
      connection
          .jetStreamManagement()
          .addStream(StreamConfiguration.builder().name(place).subjects(place + ".>").build());
    }
  }

  @Override
  public void send(String place, List<Sent> messages) throws Exception {
    try (Connection connection = connect()) {
      List<CompletableFuture<PublishAck>> sent = new ArrayList<>();
      for (Sent message : messages) {
        Headers headers = new Headers();
        message.attributes().forEach((name, value) -> headers.add("ce-" + name, value));
        sent.add(
            connection
                .jetStream()
                .publishAsync(
                    NatsMessage.builder()
                        .subject(place + ".level")
                        .headers(headers)
                        .data(message.body())
                        .build()));
      }
      for (CompletableFuture<PublishAck> one : sent) {
        one.get(30, TimeUnit.SECONDS);
      }
    }
  }
}
