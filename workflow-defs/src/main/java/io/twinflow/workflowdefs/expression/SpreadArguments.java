package io.twinflow.workflowdefs.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds arguments that are spread into a call, {@code f(a, ...list)}, in a source that the engine
 * does not parse because of them, and blanks their dots: what is left parses, with each character
 * in its place. Whether a call was found is decided later, on the tree; see {@link SpreadCalls}.
 */
final class SpreadArguments implements JavaScriptWords.Reader {

  private static final String DOTS = "...";

  /** A bracket; the dots of the items in it, by the number of commas before. */
  private static final class Open {

    private final char bracket;
    private final int offset;
    private final Map<Integer, Integer> dots = new TreeMap<>();
    private int commas;

    Open(char bracket, int offset) {
      this.bracket = bracket;
      this.offset = offset;
    }
  }

  private final String code;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<Integer, Map<Integer, Integer>> calls = new LinkedHashMap<>();
  private char last = '(';
  private @Nullable Open closed;

  private SpreadArguments(String code) {
    this.code = code;
  }

  /** The offsets of the dots, by the index of their argument, by the offset of the bracket. */
  static Map<Integer, Map<Integer, Integer>> of(String code) {
    SpreadArguments work = new SpreadArguments(code);
    JavaScriptWords.read(code, work);
    work.settle(' ', 0);
    return work.calls;
  }

  static String blanked(String code, Map<Integer, Map<Integer, Integer>> calls) {
    StringBuilder blanked = new StringBuilder(code);
    calls
        .values()
        .forEach(
            dots -> dots.values().forEach(at -> blanked.replace(at, at + DOTS.length(), "   ")));
    return blanked.toString();
  }

  @Override
  public void word(int start, int end, char before) {
    settle('a', start);
    last = 'a';
  }

  @Override
  public void mark(int offset, char mark) {
    settle(mark, offset);
    Open inner = open.peek();
    switch (mark) {
      case '(', '[', '{' -> open.push(new Open(mark, offset));
      case ')', ']', '}' -> {
        if (inner != null) {
          closed = open.pop();
        }
      }
      case ',' -> {
        if (inner != null) {
          inner.commas++;
        }
      }
      case '.' -> {
        if (inner != null
            && inner.bracket == '('
            && (last == '(' || last == ',')
            && code.startsWith(DOTS, offset)) {
          inner.dots.put(inner.commas, offset);
        }
      }
      default -> {}
    }
    last = mark;
  }

  /** Before a body or an arrow stand parameters: their dots mean the rest, and are left alone. */
  private void settle(char next, int offset) {
    Open before = closed;
    closed = null;
    if (before != null
        && before.bracket == '('
        && !before.dots.isEmpty()
        && next != '{'
        && !(next == '=' && code.startsWith("=>", offset))) {
      calls.put(before.offset, before.dots);
    }
  }
}
