package io.twinflow.workflowdefs.expression;

import java.util.Set;

/**
 * Gives {@code const} the scope that ECMAScript 2015 says. Rhino treats it as a variable of the
 * whole function that is set once: in a loop the first value would stay for ever, without an error,
 * and {@code for (const x of …)} is not parsed. Its {@code let} has the right scope, so the word is
 * put in place, padded so that positions stay. That a constant cannot be assigned is lost.
 */
final class BlockScopedConstants {

  private static final Set<String> BEFORE_A_REGULAR_EXPRESSION =
      Set.of("return", "typeof", "case", "in", "of", "void", "delete", "do", "else");

  private final String code;
  private final StringBuilder result;
  private String lastWord = "";
  private char last = '(';

  private BlockScopedConstants(String code) {
    this.code = code;
    this.result = new StringBuilder(code);
  }

  static String in(String code) {
    if (!code.contains("const")) {
      return code;
    }
    BlockScopedConstants work = new BlockScopedConstants(code);
    work.scan(0, false);
    return work.result.toString();
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
      if (inTemplate && c == '}' && depth == 0) {
        return i + 1;
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      int end = skip(i, c);
      if (!code.startsWith("//", i) && !code.startsWith("/*", i)) {
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
    if (word.equals("const") && last != '.' && beginsADeclaration(end)) {
      result.replace(start, end, "let  ");
    }
    last = 'a';
    lastWord = word;
    return end;
  }

  private boolean beginsADeclaration(int end) {
    int next = end;
    while (next < code.length() && Character.isWhitespace(code.charAt(next))) {
      next++;
    }
    if (next == code.length()) {
      return false;
    }
    char c = code.charAt(next);
    return (Character.isJavaIdentifierStart(c) && next > end) || c == '[' || c == '{';
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
