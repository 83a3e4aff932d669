package io.twinflow.triggers.source.nats;

import io.nats.client.Connection;
import io.nats.client.Connection.Status;
import io.nats.client.ErrorListener;
import io.twinflow.executors.api.support.NetworkWords;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;

/** The server tells in passing why a request gets no answer, or why the connection ended. */
final class LastError implements ErrorListener {

  private final AtomicReference<String> said = new AtomicReference<>("");
  private final AtomicReference<String> failed = new AtomicReference<>("");

  /** The server's words, or else the client's; empty if nothing was told since the last call. */
  String take() {
    String server = said.getAndSet("");
    String client = failed.getAndSet("");
    return server.isEmpty() ? client : server;
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    said.set(error);
    if (connection.getStatus() == Status.CONNECTING) {
      // The client would wait on for the greeting of a server that has refused it.
      Thread.startVirtualThread(() -> close(connection));
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (InterruptedException e) {
      System.getLogger(LastError.class.getName()).log(Level.DEBUG, "not closed", e);
    }
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    failed.set(NetworkWords.of(exception));
  }
}
