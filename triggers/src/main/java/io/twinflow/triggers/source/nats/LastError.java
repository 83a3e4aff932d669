package io.twinflow.triggers.source.nats;

import io.nats.client.Connection;
import io.nats.client.Connection.Status;
import io.nats.client.ErrorListener;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The server tells in passing why a request gets no answer, or why the connection ended. */
final class LastError implements ErrorListener {

  private final AtomicReference<String> said = new AtomicReference<>("");
  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();

  /** The server's words; empty if it has said nothing since the last call. */
  String said() {
    return said.getAndSet("");
  }

  /** What went wrong with the connection since the last call; null if nothing did. */
  @Nullable Exception failed() {
    return failed.getAndSet(null);
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
    failed.set(exception);
  }
}
