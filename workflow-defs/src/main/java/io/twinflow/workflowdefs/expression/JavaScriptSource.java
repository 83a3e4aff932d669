package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.source.Position;

/**
 * JavaScript and where it stands.
 *
 * @param code for an expression with its brackets, {@code (…)} or {@code {…}}; for a library as it
 *     is
 * @param position of the code's first character
 */
record JavaScriptSource(Form form, String code, Position position) {

  /** What the code is. */
  enum Form {
    /** One expression, or the body of a function. */
    EXPRESSION,
    /** An entry of expressionLib: statements at the top level. */
    LIBRARY
  }

  static JavaScriptSource expression(String code, Position position) {
    return new JavaScriptSource(Form.EXPRESSION, code, position);
  }

  /**
   * An entry of expressionLib, named by its place in the list as its own position is not known.
   *
   * @param user where the expression stands that uses it
   */
  static JavaScriptSource library(String code, int index, Position user) {
    return new JavaScriptSource(
        Form.LIBRARY, code, new Position("expressionLib[" + index + "] of " + user.source(), 1, 1));
  }

  /** What is given to the engine, on the same lines as the code; the value is that of the last. */
  String program() {
    return switch (form) {
      case LIBRARY -> "\"use strict\";" + code;
      case EXPRESSION -> "\"use strict\";" + FUNCTION + body() + "\n)()";
    };
  }

  /** How many characters of the program's first line come before the code. */
  int shift() {
    return switch (form) {
      case LIBRARY -> "\"use strict\";".length();
      case EXPRESSION ->
          "\"use strict\";".length()
              + FUNCTION.length()
              + (code.startsWith("{") ? 0 : RETURN.length());
    };
  }

  private String body() {
    return code.startsWith("{") ? code : RETURN + code + "\n);}";
  }

  private static final String FUNCTION = "(function()";
  private static final String RETURN = "{return (";
}
