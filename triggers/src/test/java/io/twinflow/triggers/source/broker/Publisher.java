package io.twinflow.triggers.source.broker;

import io.twinflow.triggers.source.broker.SourceContract.Sent;
import java.util.List;

/** Whoever sends to a broker, and may lose nothing. */
public interface Publisher {

  /** Makes what an administrator makes before. */
  void make(String place) throws Exception;

  /** Sends to it, in this order, and returns when the broker has all for good. */
  void send(String place, List<Sent> messages) throws Exception;
}
