package io.twinflow.triggers.firing;

import java.io.IOException;

/** A trigger whose document an engine of another version wrote, or that was changed by hand. */
final class UnreadableTriggerException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadableTriggerException(String message, Throwable cause) {
    super(message, cause);
  }
}
