package io.twinflow.workflowdefs.bpmn.expression;

/**
 * A piece of an expression's text.
 *
 * @param text as it is written; of a string what stands between its quotes, escapes resolved
 * @param offset in characters from the start of the text that holds the expression
 */
record Word(Kind kind, String text, int offset) {

  enum Kind {
    NAME,
    NUMBER,
    STRING,
    SIGN,
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }
}
