package io.twinflow.workflowdefs.value;

import tools.jackson.core.JacksonException;

/** Text that was expected to be JSON and is not; the message says where and why. */
public final class InvalidJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidJsonException(String message) {
    super(message);
  }

  InvalidJsonException(JacksonException cause) {
    super(
        "not JSON: "
            + cause.getOriginalMessage()
            + (cause.getLocation() == null
                ? ""
                : " (line "
                    + cause.getLocation().getLineNr()
                    + ", column "
                    + cause.getLocation().getColumnNr()
                    + ")"),
        cause);
  }
}
