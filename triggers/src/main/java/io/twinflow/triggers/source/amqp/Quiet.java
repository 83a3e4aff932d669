package io.twinflow.triggers.source.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import java.lang.System.Logger.Level;

/** The client would log with its stack trace what the source says in its state. */
final class Quiet extends ForgivingExceptionHandler {

  @Override
  public void handleUnexpectedConnectionDriverException(Connection connection, Throwable failure) {
    System.getLogger(Quiet.class.getName())
        .log(Level.DEBUG, "a connection ended: {0}", failure.getMessage());
  }
}
