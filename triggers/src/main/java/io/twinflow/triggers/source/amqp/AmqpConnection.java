package io.twinflow.triggers.source.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Connection;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a queue delivers. What is not acknowledged goes back to its place when this is closed. */
final class AmqpConnection implements Connection {

  private final com.rabbitmq.client.Connection connection;
  private final Reading reading;
  private List<Delivered> last = List.of();

  record Reading(Channel channel, Arrivals<Delivered> arrivals, AmqpTroubles troubles) {}

  AmqpConnection(com.rabbitmq.client.Connection connection, Reading reading) {
    this.connection = connection;
    this.reading = reading;
  }

  @Override
  public List<Message> receive(Duration atMost) throws Trouble, InterruptedException {
    last = reading.arrivals.batch(atMost);
    return last.stream().map(Delivered::message).toList();
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
