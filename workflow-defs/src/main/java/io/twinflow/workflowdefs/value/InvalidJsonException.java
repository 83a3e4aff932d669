package io.twinflow.workflowdefs.value;

import tools.jackson.core.JacksonException;

/** Text that was expected to be JSON and is not; the message says where and why. */
public final class InvalidJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidJsonException(String message) {
    super(message);
  }

  /** The parser's words without its list of all that might have stood there. */
  private static String whatWasFound(JacksonException cause) {
    String message = String.valueOf(cause.getOriginalMessage());
    if (message.startsWith("Unexpected end-of-input")) {
      return "the text ends in the middle of a value";
    }
    if (message.startsWith("Unrecognized token '")) {
      int end = message.indexOf('\'', 20);
      return "expected a JSON value, found " + message.substring(19, end + 1);
    }
    return message
        .replaceAll(": was expecting.*", "")
        .replaceAll(" \\(code [^)]*\\)", "")
        .replaceAll("Unexpected character \\((.+?)\\)", "unexpected $1")
        .replaceAll(": enable `.*| ?[(,] ?from `.*", "");
  }

  InvalidJsonException(JacksonException cause) {
    super(
        (cause.getLocation() == null
                ? ""
                : "line %d, column %d: "
                    .formatted(cause.getLocation().getLineNr(), cause.getLocation().getColumnNr()))
            + whatWasFound(cause),
        cause);
  }
}
