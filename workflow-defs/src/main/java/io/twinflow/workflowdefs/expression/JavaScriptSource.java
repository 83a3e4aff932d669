package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.source.Position;

/**
 * JavaScript and where it stands.
 *
 * @param name {@code expression}, or the place in the list for an entry of expressionLib
 * @param code for an expression with its brackets, {@code (…)} or {@code {…}}; for a library as it
 *     is
 * @param position of the code's first character
 * @param margin the column at which the code's further lines begin
 */
public record JavaScriptSource(Form form, String name, String code, Position position, int margin) {

  private static final String STRICT = "\"use strict\";";
  private static final String FUNCTION = "(function()";
  private static final String RETURN = "{return (";

  /** What the code is. */
  public enum Form {
    /** One expression, or the body of a function. */
    EXPRESSION(256 * 1024),
    /** An entry of expressionLib: statements at the top level. */
    LIBRARY(1024 * 1024);

    private final int longest;

    Form(int longest) {
      this.longest = longest;
    }

    /** Characters; what is longer is not parsed. */
    int longest() {
      return longest;
    }
  }

  /** An expression; {@code start} is the start of the text that it is part of. */
  public static JavaScriptSource expression(String code, Position position, Position start) {
    return new JavaScriptSource(Form.EXPRESSION, "expression", code, position, start.column());
  }

  /** An entry of expressionLib, whose own position is not known. */
  public static JavaScriptSource library(String code, int index, Position user) {
    return new JavaScriptSource(Form.LIBRARY, "expressionLib[" + index + "]", code, user, 1);
  }

  /** What is given to the engine, on the same lines as the code. */
  String program() {
    String scoped = BlockScopedConstants.in(code);
    return switch (form) {
      case LIBRARY -> STRICT + scoped;
      case EXPRESSION -> STRICT + FUNCTION + body(scoped) + "\n)()";
    };
  }

  /** How many characters of the program's first line come before the code. */
  int shift() {
    return switch (form) {
      case LIBRARY -> STRICT.length();
      case EXPRESSION -> STRICT.length() + FUNCTION.length() + (isBody(code) ? 0 : RETURN.length());
    };
  }

  /** Why the code cannot be evaluated, as a whole. */
  public ExpressionException failure(String message) {
    return new ExpressionException(position, "$%s: %s".formatted(Excerpt.of(code), message));
  }

  /** The position of a place in the code, both counted from 1. */
  Position place(int line, int column) {
    return new Position(
        position.source(),
        position.line() + line - 1,
        (line == 1 ? position.column() : margin) + column - 1);
  }

  private static String body(String code) {
    return isBody(code) ? code : RETURN + code + "\n);}";
  }

  private static boolean isBody(String code) {
    return code.startsWith("{");
  }
}
