package io.twinflow.triggers.source.broker;

import io.twinflow.triggers.source.Message;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a broker, for one thread. It gives messages in batches: what is there, without
 * waiting for more. A batch is either acknowledged before the next one is asked for, or comes again
 * on another connection.
 */
public interface Connection extends AutoCloseable {

  /**
   * Waits until there are messages, and gives them in the broker's order; none if none came.
   *
   * @param atMost about so long
   * @throws Trouble if this connection is lost
   */
  List<Message> receive(Duration atMost) throws Trouble, InterruptedException;

  /**
   * The last batch was taken, and need not come again.
   *
   * @throws Trouble if the broker did not hear it: the batch may come again
   */
  void acknowledge() throws Trouble, InterruptedException;

  /**
   * The last batch could not be taken yet, and will be tried again. Called about every second
   * meanwhile, so that the broker gives it to nobody else.
   *
   * @throws Trouble if this connection is lost, and the batch with it
   */
  void hold() throws Trouble, InterruptedException;

  /** Why nothing comes although this is open; null if all is well. */
  default @Nullable String trouble() {
    return null;
  }

  /**
   * How many messages the broker has for this source and has not given yet, as it told last; null
   * if it does not. Asks nobody.
   */
  default @Nullable Long lag() {
    return null;
  }

  /** Gives back what was not acknowledged. Takes a bounded time. */
  @Override
  void close();
}
