package io.twinflow.workflowdefs.expression;

/**
 * Finds where an expression ends. The reference runner counts brackets of the opening kind and
 * skips quoted strings, and knows nothing of comments, regular expressions or template literals; a
 * text it can read is read in the same way here. Where that finds no end, a second reading skips
 * comments and template literals too, so that an apostrophe in a comment does no harm.
 */
final class ExpressionEnd {

  private final String text;
  private final int open;
  private final boolean knowsComments;

  private ExpressionEnd(String text, int open, boolean knowsComments) {
    this.text = text;
    this.open = open;
    this.knowsComments = knowsComments;
  }

  /**
   * The offset behind the closing bracket.
   *
   * @param open the offset of the opening bracket
   */
  static int find(String text, int open) throws UnbalancedExpression {
    int end = new ExpressionEnd(text, open, false).scan();
    if (end < 0) {
      end = new ExpressionEnd(text, open, true).scan();
    }
    if (end < 0) {
      char closing = text.charAt(open) == '(' ? ')' : '}';
      throw new UnbalancedExpression(
          open - 1,
          "the expression that begins with '%s' has no closing '%c'. Close it, or write '\\%s' if no expression is meant."
              .formatted(
                  Excerpt.of(text.substring(open - 1)),
                  closing,
                  text.substring(open - 1, open + 1)));
    }
    return end;
  }

  private int scan() {
    char opening = text.charAt(open);
    char closing = opening == '(' ? ')' : '}';
    int depth = 0;
    int i = open;
    while (i >= 0 && i < text.length()) {
      char c = text.charAt(i);
      if (c == opening) {
        depth++;
        i++;
      } else if (c == closing) {
        depth--;
        i++;
        if (depth == 0) {
          return i;
        }
      } else if (c == '\'' || c == '"' || (knowsComments && c == '`')) {
        i = afterString(i);
      } else if (knowsComments && text.startsWith("//", i)) {
        i = text.indexOf('\n', i);
      } else if (knowsComments && text.startsWith("/*", i)) {
        int end = text.indexOf("*/", i + 2);
        i = end < 0 ? end : end + 2;
      } else {
        i++;
      }
    }
    return -1;
  }

  /** The offset behind the string that begins at {@code start}, or -1 if it does not end. */
  private int afterString(int start) {
    char quote = text.charAt(start);
    int i = start + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\') {
        i += 2;
      } else if (c == quote) {
        return i + 1;
      } else {
        i++;
      }
    }
    return -1;
  }
}
