package io.twinflow.executors.api.files;

import java.nio.channels.ClosedByInterruptException;

/** Lets a walk over many files heed an interrupt, as reading and copying a large one do. */
public final class Interrupts {

  private Interrupts() {}

  /**
   * @throws ClosedByInterruptException if the thread was interrupted; it stays so
   */
  public static void heed() throws ClosedByInterruptException {
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
  }
}
