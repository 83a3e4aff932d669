package io.twinflow.workflowdefs.source;

/**
 * One finding about a definition or an input. The message names what was found, what was expected
 * and how to mend it, in one or two sentences.
 *
 * @param severity whether the definition can be used all the same
 */
public record Problem(Severity severity, Position position, String message) {

  /** How much a problem weighs. */
  public enum Severity {
    /** The definition is wrong. */
    ERROR,
    /** The definition is right and asks for something this engine does not have (exit code 33). */
    UNSUPPORTED,
    /** The definition can be used; something in it deserves a look. */
    WARNING
  }

  public static Problem error(Position position, String message) {
    return new Problem(Severity.ERROR, position, message);
  }

  public static Problem unsupported(Position position, String message) {
    return new Problem(Severity.UNSUPPORTED, position, message);
  }

  public static Problem warning(Position position, String message) {
    return new Problem(Severity.WARNING, position, message);
  }

  /** {@code file:line:column: message}, the form editors and compilers use. */
  @Override
  public String toString() {
    return position + ": " + (severity == Severity.WARNING ? "warning: " : "") + message;
  }
}
