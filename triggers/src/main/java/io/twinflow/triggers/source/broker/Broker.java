package io.twinflow.triggers.source.broker;

import io.twinflow.executors.api.site.Finding;
import java.util.List;

/** A configured broker, and what is wanted of it. */
public interface Broker {

  /**
   * Opens a connection, which receives from then on. Takes a bounded time.
   *
   * @throws Trouble why that cannot be done now
   * @throws InterruptedException if nobody wants it any more
   */
  Connection connect() throws Trouble, InterruptedException;

  /** Looks whether all is there and allowed, without taking a message from anybody. */
  List<Finding> check();
}
