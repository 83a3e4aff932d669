package io.twinflow.engine.core.journal;

import java.io.IOException;

/** A living engine owns the run. */
public final class OwnedElsewhereException extends IOException {

  private static final long serialVersionUID = 1L;

  public OwnedElsewhereException(String message) {
    super(message);
  }
}
