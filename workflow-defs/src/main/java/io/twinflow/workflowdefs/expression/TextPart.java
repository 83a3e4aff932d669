package io.twinflow.workflowdefs.expression;

/** A piece of a text that may hold expressions. */
sealed interface TextPart {

  /** Characters that stand for themselves; escapes are already resolved. */
  record Literal(String text) implements TextPart {}

  /**
   * One expression.
   *
   * @param code with its brackets and without the dollar: {@code (…)} or {@code {…}}
   * @param offset of the dollar, in characters from the start of the text
   */
  record Embedded(String code, int offset) implements TextPart {

    /** The code as the author wrote it. */
    String written() {
      return "$" + code;
    }
  }
}
