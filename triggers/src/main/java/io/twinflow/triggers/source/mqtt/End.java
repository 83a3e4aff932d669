package io.twinflow.triggers.source.mqtt;

import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of a connection, whether or not the broker is there to hear of it. */
final class End {

  private static final int SECONDS = 2;

  private End() {}

  static void of(CompletableFuture<Void> disconnected) {
    try {
      disconnected.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      System.getLogger(End.class.getName())
          .log(Level.DEBUG, "a connection was gone before it was ended: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
