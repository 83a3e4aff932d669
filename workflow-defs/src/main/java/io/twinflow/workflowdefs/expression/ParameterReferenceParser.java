package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.expression.ParameterReference.Segment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the grammar of parameter references (CWL v1.2, "Parameter references"). Written by hand: a
 * regular expression with nested repetition overflows the stack on long keys.
 */
final class ParameterReferenceParser {

  private final String code;
  private int at;

  private ParameterReferenceParser(String code) {
    this.code = code;
  }

  /**
   * The reference, or null if the code is not one.
   *
   * @param code with its round brackets
   */
  static @Nullable ParameterReference parse(String code) {
    if (code.length() < 3 || code.charAt(0) != '(') {
      return null;
    }
    return new ParameterReferenceParser(code).parse();
  }

  static boolean isSymbolPart(int c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private @Nullable ParameterReference parse() {
    at = 1;
    String root = symbol();
    if (root.isEmpty()) {
      return null;
    }
    List<Segment> segments = new ArrayList<>();
    while (at < code.length() - 1) {
      Segment segment = segment();
      if (segment == null) {
        return null;
      }
      segments.add(segment);
    }
    return at == code.length() - 1 ? new ParameterReference(root, segments) : null;
  }

  private @Nullable Segment segment() {
    char c = code.charAt(at);
    if (c == '.') {
      at++;
      String name = symbol();
      return name.isEmpty() ? null : new Segment.Field(name);
    }
    if (c != '[') {
      return null;
    }
    at++;
    char next = code.charAt(at);
    return next == '\'' || next == '"' ? quotedField(next) : index();
  }

  private @Nullable Segment quotedField(char quote) {
    int end = closingQuote(at + 1, quote);
    if (end <= at + 1) {
      return null;
    }
    String name = code.substring(at + 1, end).replace("\\'", "'").replace("\\\"", "\"");
    at = end + 2;
    return new Segment.Field(name);
  }

  /** The offset of the quote before the closing bracket, or -1. */
  private int closingQuote(int from, char quote) {
    int lastResort = -1;
    for (int i = from; i < code.length() - 1; i++) {
      if (code.charAt(i) != quote) {
        continue;
      }
      boolean closes = code.charAt(i + 1) == ']';
      boolean escaped = code.charAt(i - 1) == '\\' && i > from;
      if (closes && !escaped) {
        return i;
      }
      if (closes && lastResort < 0) {
        // A key may end in a backslash; then the quote behind it does close.
        lastResort = i;
      } else if (!closes && !escaped) {
        return lastResort;
      }
    }
    return lastResort;
  }

  private @Nullable Segment index() {
    int end = at;
    while (end < code.length() && code.charAt(end) >= '0' && code.charAt(end) <= '9') {
      end++;
    }
    if (end == at || end - at > 9 || code.charAt(end) != ']') {
      return null;
    }
    int index = Integer.parseInt(code.substring(at, end));
    at = end + 1;
    return new Segment.Index(index);
  }

  private String symbol() {
    int start = at;
    while (at < code.length() && isSymbolPart(code.charAt(at))) {
      at++;
    }
    return code.substring(start, at);
  }
}
