package io.twinflow.triggers.source.mqtt;

import io.twinflow.triggers.source.broker.Trouble;
import java.util.List;

/**
 * One client and its one connection, in one version of the protocol. A client that lives longer
 * than its connection takes what comes again for what it has already, and never acknowledges it.
 */
interface Link {

  /**
   * @param fresh without a session, neither an older one nor one that stays
   * @return whether the broker knew the session
   */
  boolean connect(boolean fresh) throws Trouble, InterruptedException;

  /**
   * @param retained whether messages that the broker keeps on these topics are wanted, where it
   *     does not know the subscription yet
   * @return the answer to each
   */
  List<Grant> subscribe(List<String> topics, boolean retained) throws Trouble, InterruptedException;

  /** The session stays at the broker. Takes a bounded time. */
  void disconnect();
}
