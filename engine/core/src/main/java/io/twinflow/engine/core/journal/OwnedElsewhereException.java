package io.twinflow.engine.core.journal;

import java.io.IOException;

/** A living engine owns the run. */
public final class OwnedElsewhereException extends IOException {

  /** Of the failure that it is to who asked an engine. */
  public static final String CODE = "run.owned";

  private static final long serialVersionUID = 1L;

  public OwnedElsewhereException(String message) {
    super(message);
  }
}
