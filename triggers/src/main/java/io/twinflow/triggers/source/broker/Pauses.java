package io.twinflow.triggers.source.broker;

import java.time.Duration;

/** How a receiver waits between two tries. */
@FunctionalInterface
interface Pauses {
  void pause(Duration time) throws InterruptedException;
}
