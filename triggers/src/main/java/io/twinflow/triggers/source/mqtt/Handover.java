package io.twinflow.triggers.source.mqtt;

import io.twinflow.triggers.source.broker.Arrivals;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes messages from the client on a thread that may wait, which the client's own may not: it
 * serves all connections.
 */
final class Handover implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("mqtt handover").factory());
  private final Arrivals<Published> arrivals;

  Handover(Arrivals<Published> arrivals) {
    this.arrivals = arrivals;
  }

  ExecutorService thread() {
    return thread;
  }

  void deliver(Published one) {
    try {
      arrivals.deliver(one);
    } catch (InterruptedException e) {
      // Closing: what was not acknowledged comes again.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
