package io.twinflow.workflowdefs.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text taken apart into literal characters and expressions: CWL v1.2, "Parameter references" and
 * its escaping rules ({@code \$(} and <code>\${</code> lose their backslash, a double backslash
 * becomes one, any other backslash stays).
 */
record ExpressionTemplate(List<TextPart> parts) {

  ExpressionTemplate {
    parts = List.copyOf(parts);
  }

  /**
   * The expression that is the whole of the text, or null if there are literal parts or several.
   */
  TextPart.@Nullable Embedded whole() {
    return parts.size() == 1 && parts.getFirst() instanceof TextPart.Embedded only ? only : null;
  }

  /** All expressions, in order. */
  List<TextPart.Embedded> expressions() {
    List<TextPart.Embedded> found = new ArrayList<>();
    for (TextPart part : parts) {
      if (part instanceof TextPart.Embedded embedded) {
        found.add(embedded);
      }
    }
    return found;
  }

  static ExpressionTemplate parse(String text) throws UnbalancedExpression {
    List<TextPart> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == '\\' && next == '\\') {
        literal.append('\\');
        i += 2;
      } else if (c == '\\' && next == '$' && opensAt(text, i + 1)) {
        literal.append(text, i + 1, i + 3);
        i += 3;
      } else if (c == '\\' && next != 0) {
        literal.append(c).append(next);
        i += 2;
      } else if (c == '$' && opensAt(text, i)) {
        int end = ExpressionEnd.find(text, i + 1);
        if (!literal.isEmpty()) {
          parts.add(new TextPart.Literal(literal.toString()));
          literal.setLength(0);
        }
        parts.add(new TextPart.Embedded(text.substring(i + 1, end), i));
        i = end;
      } else {
        literal.append(c);
        i++;
      }
    }
    if (!literal.isEmpty()) {
      parts.add(new TextPart.Literal(literal.toString()));
    }
    return new ExpressionTemplate(parts);
  }

  private static boolean opensAt(String text, int dollar) {
    return dollar + 1 < text.length()
        && (text.charAt(dollar + 1) == '(' || text.charAt(dollar + 1) == '{');
  }
}
