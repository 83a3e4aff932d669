package io.twinflow.triggers.source.nats;

import io.nats.client.Connection;
import io.nats.client.Connection.Status;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a durable consumer delivers. */
final class NatsConnection implements io.twinflow.triggers.source.broker.Connection {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final NatsOptions options;
  private final Connection connection;
  private final NatsTroubles troubles;
  private final NatsMessages messages;
  private final Pull pull;
  private final Owed owed;
  private List<Message> last = List.of();
  private long lag;

  NatsConnection(
      NatsOptions options, Connection connection, Position position, NatsTroubles troubles)
      throws Trouble {
    this.options = options;
    this.connection = connection;
    this.troubles = troubles;
    this.messages =
        new NatsMessages(
            options.addresses().getFirst().channel("nats", options.stream()),
            position.generation());
    this.pull = Pull.of(options, connection, troubles);
    this.owed = new Owed(position, pull);
    this.lag = position.pending();
  }

  @Override
  public List<io.twinflow.triggers.source.Message> receive(Duration atMost)
      throws Trouble, InterruptedException {
    last = next(atMost);
    if (last.isEmpty()) {
      checkConnected();
      lag = pending();
    } else {
      lag = last.getLast().metaData().pendingCount();
    }
    return last.stream().map(messages::read).toList();
  }

  private List<Message> next(Duration atMost) throws Trouble, InterruptedException {
    if (!owed.settled()) {
      return owed.receive(options.batch(), atMost);
    }
    List<Message> now = pull.now(options.batch());
    return now.isEmpty() ? pull.wait(options.batch(), atMost) : now;
  }

  /** What was there before may have been purged, and nothing tells of that. */
  private long pending() throws Trouble {
    if (lag == 0) {
      return 0;
    }
    try {
      return connection
          .jetStreamManagement()
          .getConsumerInfo(options.stream(), options.consumer())
          .getNumPending();
    } catch (IOException | JetStreamApiException e) {
      throw troubles.of(e);
    }
  }

  private void checkConnected() throws Trouble {
    if (connection.getStatus() != Status.CONNECTED) {
      throw troubles.of(new IOException("the connection is lost"));
    }
  }

  /** The answer to the last acknowledgement says that all before it were heard. */
  @Override
  public void acknowledge() throws Trouble, InterruptedException {
    List<Message> taken = last;
    last = List.of();
    try {
      for (Message message : taken.subList(0, taken.size() - 1)) {
        message.ack();
      }
      taken.getLast().ackSync(PATIENCE);
    } catch (TimeoutException | IllegalStateException e) {
      throw troubles.of(new IOException("an acknowledgement was not heard", e));
    }
  }

  @Override
  public void hold() throws Trouble {
    checkConnected();
    try {
      last.forEach(Message::inProgress);
    } catch (IllegalStateException e) {
      throw troubles.of(e);
    }
  }

  @Override
  public @Nullable String trouble() {
    return owed.settled() ? null : owed.words();
  }

  @Override
  public Long lag() {
    return lag;
  }

  @Override
  public void close() {
    try {
      if (connection.getStatus() == Status.CONNECTED) {
        last.forEach(Message::nak);
        owed.close();
        connection.flush(PATIENCE);
      }
      connection.close();
    } catch (TimeoutException | IllegalStateException e) {
      System.getLogger(NatsConnection.class.getName())
          .log(Level.DEBUG, "a connection was gone before it was closed: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
