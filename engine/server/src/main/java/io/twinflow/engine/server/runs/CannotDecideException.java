package io.twinflow.engine.server.runs;

/** What is asked cannot be decided, however often it is asked; says what was expected and found. */
public final class CannotDecideException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field of the question, as in {@code inputs.level}
   */
  CannotDecideException(String field, String message) {
    super(message);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
