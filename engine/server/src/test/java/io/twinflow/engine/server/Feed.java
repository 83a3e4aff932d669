package io.twinflow.engine.server;

import java.nio.file.Path;
import java.util.List;

/** A way into a trial's servers, over which it sends numbers: an event each. */
interface Feed extends AutoCloseable {

  /** Of the source, and of the trigger. */
  String name();

  /** Its line below {@code sources:}; empty if it needs none. */
  String source(Path folder) throws Exception;

  /** Filter and inputs of a trigger that gives each number to a run. */
  String trigger();

  /** In this order; they are durable when it returns, and may be sent again if it does not. */
  void send(List<Integer> numbers) throws Exception;

  /** Whether what is sent twice is the same event. */
  default boolean mayRepeat() {
    return true;
  }

  /** Whether they reach the inbox in the order in which they were sent. */
  boolean keepsOrder();

  /** Kills what is between, and starts it again; false if there is nothing that may be killed. */
  default boolean kill() throws Exception {
    return false;
  }

  @Override
  default void close() throws Exception {}
}
