package io.twinflow.triggers.source.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Connection;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a queue delivers. What is not acknowledged goes back to its place when this is closed. */
final class AmqpConnection implements Connection {

  /** The queue is asked no more often how many it has: a question takes a way to it and back. */
  private static final Duration ASKED = Duration.ofSeconds(1);

  private final com.rabbitmq.client.Connection connection;
  private final Reading reading;
  private List<Delivered> last = List.of();
  private @Nullable Long lag;
  private Instant asked = Instant.MIN;

  record Reading(
      Channel channel, String queue, Arrivals<Delivered> arrivals, AmqpTroubles troubles) {}

  AmqpConnection(com.rabbitmq.client.Connection connection, Reading reading) {
    this.connection = connection;
    this.reading = reading;
  }

  @Override
  public List<Message> receive(Duration atMost) throws Trouble, InterruptedException {
    last = reading.arrivals.batch(atMost);
    if (asked.isBefore(Instant.now().minus(ASKED))) {
      ask();
    }
    return last.stream().map(Delivered::message).toList();
  }

  private void ask() throws Trouble {
    try {
      lag = reading.channel.messageCount(reading.queue);
    } catch (IOException | ShutdownSignalException e) {
      throw reading.troubles.of(e);
    }
    asked = Instant.now();
  }

  /** What was delivered and is not acknowledged is not among them. */
  @Override
  public @Nullable Long lag() {
    return lag;
  }

  /** All up to the last one, in one frame. */
  @Override
  public void acknowledge() throws Trouble {
    try {
      reading.channel.basicAck(last.getLast().tag(), true);
    } catch (IOException | ShutdownSignalException e) {
      throw reading.troubles.of(e);
    }
  }

  @Override
  public void hold() throws Trouble {
    reading.arrivals.check();
  }

  @Override
  public void close() {
    reading.arrivals.lose(new Trouble("closed", ""));
    connection.abort(AmqpBroker.END_MS);
  }
}
