package io.twinflow.workflowdefs.expression;

import java.util.Set;

/**
 * Walks over the words and marks of JavaScript, past comments, strings and regular expressions. The
 * expressions in a template literal are walked over as if they stood in braces.
 */
final class JavaScriptWords {

  /** Takes what is found, in order. */
  interface Reader {

    /**
     * @param before the last character of what stands before
     */
    void word(int start, int end, char before);

    /** A character of its own, among them those with which strings and the like begin. */
    void mark(int offset, char mark);
  }

  private static final Set<String> BEFORE_A_REGULAR_EXPRESSION =
      Set.of("return", "typeof", "case", "in", "of", "void", "delete", "do", "else");

  private final String code;
  private final Reader reader;
  private String lastWord = "";
  private char last = '(';

  private JavaScriptWords(String code, Reader reader) {
    this.code = code;
    this.reader = reader;
  }

  static void read(String code, Reader reader) {
    new JavaScriptWords(code, reader).scan(0, false);
  }

  /** Reads code from an offset to its end, or to the bracket that ends a template's expression. */
  private int scan(int from, boolean inTemplate) {
    int depth = 0;
    int i = from;
    while (i < code.length()) {
      char c = code.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      if (Character.isJavaIdentifierStart(c)) {
        i = word(i);
        continue;
      }
      boolean isComment = code.startsWith("//", i) || code.startsWith("/*", i);
      if (!isComment) {
        reader.mark(i, c);
      }
      if (inTemplate && c == '}' && depth == 0) {
        return i + 1;
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      int end = skip(i, c);
      if (!isComment) {
        last = c;
        lastWord = "";
      }
      i = end;
    }
    return i;
  }

  private int skip(int i, char c) {
    if (code.startsWith("//", i)) {
      return orEnd(code.indexOf('\n', i), 0);
    }
    if (code.startsWith("/*", i)) {
      return orEnd(code.indexOf("*/", i + 2), 2);
    }
    return switch (c) {
      case '\'', '"' -> quoted(i + 1, c);
      case '`' -> template(i + 1);
      case '/' -> regularExpressionMayBegin() ? regularExpression(i + 1) : i + 1;
      default -> i + 1;
    };
  }

  private int word(int start) {
    int end = start;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    String word = code.substring(start, end);
    reader.word(start, end, last);
    last = 'a';
    lastWord = word;
    return end;
  }

  private boolean regularExpressionMayBegin() {
    return lastWord.isEmpty()
        ? "(,=:[!&|?{};+-*%~^<>".indexOf(last) >= 0
        : BEFORE_A_REGULAR_EXPRESSION.contains(lastWord);
  }

  private int quoted(int from, char quote) {
    int i = from;
    while (i < code.length() && code.charAt(i) != quote) {
      i += code.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private int template(int from) {
    int i = from;
    while (i < code.length() && code.charAt(i) != '`') {
      if (code.startsWith("${", i)) {
        reader.mark(i + 1, '{');
        last = '(';
        lastWord = "";
        i = scan(i + 2, true);
      } else {
        i += code.charAt(i) == '\\' ? 2 : 1;
      }
    }
    return i + 1;
  }

  private int regularExpression(int from) {
    boolean inClass = false;
    int i = from;
    while (i < code.length() && (inClass || code.charAt(i) != '/') && code.charAt(i) != '\n') {
      char c = code.charAt(i);
      inClass = c == '[' || (inClass && c != ']');
      i += c == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private int orEnd(int found, int skip) {
    return found < 0 ? code.length() : found + skip;
  }
}
