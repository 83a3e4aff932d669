package io.twinflow.engine.core.journal;

import java.io.IOException;

/** The store takes no new run now, because as many wait as may; nothing was made. */
public final class QueueFullException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message says which bound is reached, and what to do
   */
  public QueueFullException(String message) {
    super(message);
  }
}
