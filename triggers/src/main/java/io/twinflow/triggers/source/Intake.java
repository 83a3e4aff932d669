package io.twinflow.triggers.source;

import java.io.IOException;
import java.util.List;

/** Takes messages over from a source. */
public interface Intake {

  /**
   * Keeps messages, in their order: they are durable when this returns, those that cannot be read
   * too, with the reason. For many threads.
   *
   * @throws IOException if they may not be kept: acknowledge none, and bring them again later
   */
  void take(List<Message> messages) throws IOException;
}
