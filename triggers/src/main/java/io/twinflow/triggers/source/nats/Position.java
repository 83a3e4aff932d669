package io.twinflow.triggers.source.nats;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStreamApiException;
import io.nats.client.StreamContext;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamInfo;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a durable consumer stands, as it was found.
 *
 * @param generation tells a stream from an older one of its name, whose sequence numbers were the
 *     same
 * @param pending messages that were never delivered
 * @param owed messages that were delivered before, and not acknowledged
 * @param delivered the sequence number in the stream of the last message that was ever delivered
 * @param ackWait after which time what is owed comes again
 */
record Position(String generation, long pending, long owed, long delivered, Duration ackWait) {

  /** Makes the consumer if it is not there. */
  static Position find(NatsOptions options, Connection connection, NatsTroubles troubles)
      throws Trouble {
    try {
      StreamContext stream = connection.getStreamContext(options.stream());
      StreamInfo found = stream.getStreamInfo();
      ConsumerContext consumer = consumer(options, stream);
      ConsumerInfo info = consumer.getConsumerInfo();
      check(options, info.getConsumerConfiguration());
      return new Position(
          "%s@%d".formatted(options.stream(), found.getCreateTime().toInstant().toEpochMilli()),
          info.getNumPending(),
          info.getNumAckPending(),
          info.getDelivered().getStreamSequence(),
          Objects.requireNonNullElse(
              info.getConsumerConfiguration().getAckWait(), options.ackWait()));
    } catch (IOException | JetStreamApiException e) {
      throw troubles.of(e);
    }
  }

  private static ConsumerContext consumer(NatsOptions options, StreamContext stream)
      throws IOException, JetStreamApiException {
    try {
      return stream.getConsumerContext(options.consumer());
    } catch (JetStreamApiException e) {
      if (!NatsTroubles.isNoConsumer(e)) {
        throw e;
      }
    }
    ConsumerConfiguration.Builder made =
        ConsumerConfiguration.builder()
            .durable(options.consumer())
            .ackPolicy(AckPolicy.Explicit)
            .ackWait(options.ackWait())
            .deliverPolicy(DeliverPolicy.All);
    if (options.subject() != null) {
      made.filterSubject(options.subject());
    }
    return stream.createOrUpdateConsumer(made.build());
  }

  /** A consumer that somebody else has made must be one that loses nothing. */
  static void check(NatsOptions options, ConsumerConfiguration found) throws Trouble {
    String consumer = "consumer %s of stream %s ".formatted(options.consumer(), options.stream());
    String mend = "mend it, or name another one in consumer:, which is then made";
    if (found.getDeliverSubject() != null) {
      throw new Trouble(consumer + "is a push consumer; expected a pull consumer", mend);
    }
    if (found.getAckPolicy() == AckPolicy.None) {
      throw new Trouble(
          consumer + "forgets what it has sent (ack policy none); expected explicit", mend);
    }
    if (options.subject() != null && !Objects.equals(options.subject(), found.getFilterSubject())) {
      throw new Trouble(
          consumer
              + "filters %s; expected %s, as subject: says"
                  .formatted(
                      found.getFilterSubject() == null ? "nothing" : found.getFilterSubject(),
                      options.subject()),
          mend);
    }
  }
}
