package io.twinflow.engine.core.secret;

import java.io.IOException;

/** The secrets of a run are there and cannot be opened. */
public final class SecretsUnreadableException extends IOException {

  private static final long serialVersionUID = 1L;

  SecretsUnreadableException(String message) {
    super(message);
  }
}
