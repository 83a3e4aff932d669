package io.twinflow.triggers.source.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.StreamContext;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamInfo;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks at a server, the stream and the consumer, and asks for no message. */
record CheckNats(NatsOptions options) {

  private static final String SERVER = "server";
  private static final String STREAM = "stream";
  private static final String CONSUMER = "consumer";

  List<Finding> findings() {
    LastError lastError = new LastError();
    NatsTroubles troubles = NatsBroker.troubles(options, lastError);
    List<Finding> findings = new ArrayList<>();
    String about = SERVER;
    try (Connection connection = NatsBroker.open(options, lastError)) {
      findings.add(
          Finding.good(
              SERVER,
              "%s speaks NATS %s and lets in %s"
                  .formatted(
                      connection.getConnectedUrl(),
                      connection.getServerInfo().getVersion(),
                      options.who())));
      about = STREAM;
      StreamContext stream = connection.getStreamContext(options.stream());
      findings.add(stream(stream.getStreamInfo()));
      about = CONSUMER;
      findings.addAll(consumer(stream.getConsumerInfo(options.consumer())));
    } catch (JetStreamApiException e) {
      findings.add(
          NatsTroubles.isNoConsumer(e)
              ? Finding.good(
                  CONSUMER, "%s is not there yet, and will be made".formatted(options.consumer()))
              : troubles.of(e).finding(about));
    } catch (Trouble e) {
      findings.add(e.finding(about));
    } catch (IOException e) {
      findings.add(troubles.of(e).finding(about));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      findings.add(Finding.problem(about, "the look was broken off", ""));
    }
    return findings;
  }

  private static Finding stream(StreamInfo info) {
    String found =
        "%s has %,d messages of %s, in %s"
            .formatted(
                info.getConfiguration().getName(),
                info.getStreamState().getMsgCount(),
                String.join(", ", info.getConfiguration().getSubjects()),
                switch (info.getConfiguration().getStorageType()) {
                  case File -> "files";
                  case Memory -> "memory";
                });
    return info.getConfiguration().getStorageType() == StorageType.Memory
        ? Finding.note(STREAM, found, "give it file storage, or it is empty when the server ends")
        : Finding.good(STREAM, found);
  }

  private List<Finding> consumer(ConsumerInfo info) throws Trouble {
    ConsumerConfiguration found = info.getConsumerConfiguration();
    Position.check(options, found);
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.good(
            CONSUMER,
            "%s has %,d messages before it, and %,d that were not acknowledged yet"
                .formatted(options.consumer(), info.getNumPending(), info.getNumAckPending())));
    if (found.getMaxDeliver() > 0) {
      findings.add(
          Finding.note(
              CONSUMER,
              "%s gives no message more than %d times, which then is lost"
                  .formatted(options.consumer(), found.getMaxDeliver()),
              "set its max deliver to -1"));
    }
    return findings;
  }
}
