package io.twinflow.executors.bundle.files;

import io.twinflow.executors.api.OutputFolder.EscapeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One part of a pattern between slashes, as glob(7) has it: {@code *}, {@code ?}, {@code [a-z]},
 * {@code [!a-z]}, {@code [[:alpha:]]} and a backslash that takes a character literally; a leading
 * dot is matched by a dot only. Matching takes at most (length of name) × (length of pattern)
 * steps.
 */
public final class GlobSegment {

  private sealed interface Token {
    record Star() implements Token {}

    record Any() implements Token {}

    record Literal(int character) implements Token {}

    record OneOf(boolean negated, List<Range> ranges, List<String> classes) implements Token {}
  }

  private record Range(int from, int to) {}

  private final List<Token> tokens = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private boolean wild;

  GlobSegment(String pattern) {
    int[] text = pattern.codePoints().toArray();
    int at = 0;
    while (at < text.length) {
      at = parse(text, at);
    }
  }

  /**
   * The parts of a pattern below the working folder, which it may name.
   *
   * @param outdir as the tool saw it
   */
  public static List<GlobSegment> of(String pattern, Path outdir) throws EscapeException {
    String below = pattern;
    if (pattern.startsWith("/")) {
      String folder = outdir + "/";
      if (!(pattern + "/").startsWith(folder)) {
        throw new EscapeException(
            "output glob '%s' is outside of the working folder %s".formatted(pattern, outdir));
      }
      below = pattern.substring(Math.min(folder.length(), pattern.length()));
    }
    List<GlobSegment> segments = new ArrayList<>();
    for (String part : below.split("/", -1)) {
      if (part.equals("..")) {
        throw new EscapeException(
            "output glob '%s' goes up with '..'; outputs lie in the working folder"
                .formatted(pattern));
      }
      if (!part.isEmpty() && !part.equals(".")) {
        segments.add(new GlobSegment(part));
      }
    }
    return segments;
  }

  /** The name that a pattern without wild cards stands for. */
  public String literal() {
    return literal.toString();
  }

  public boolean isWild() {
    return wild;
  }

  public boolean matches(String name) {
    if (name.startsWith(".") && !(literalStart() == '.')) {
      return false;
    }
    int[] text = name.codePoints().toArray();
    int at = 0;
    int token = 0;
    int star = -1;
    int retry = 0;
    while (at < text.length) {
      if (token < tokens.size() && tokens.get(token) instanceof Token.Star) {
        star = token++;
        retry = at;
      } else if (token < tokens.size() && accepts(tokens.get(token), text[at])) {
        token++;
        at++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++retry;
      } else {
        return false;
      }
    }
    while (token < tokens.size() && tokens.get(token) instanceof Token.Star) {
      token++;
    }
    return token == tokens.size();
  }

  private int literalStart() {
    return !tokens.isEmpty() && tokens.get(0) instanceof Token.Literal(int first) ? first : -1;
  }

  private int parse(int[] text, int at) {
    switch (text[at]) {
      case '*' -> add(new Token.Star());
      case '?' -> add(new Token.Any());
      case '[' -> {
        int end = closing(text, at);
        if (end > 0) {
          add(set(text, at + 1, end));
          return end + 1;
        }
        add('[');
      }
      case '\\' -> {
        int next = Math.min(at + 1, text.length - 1);
        add(text[next]);
        return next + 1;
      }
      default -> add(text[at]);
    }
    return at + 1;
  }

  private void add(Token token) {
    wild = true;
    tokens.add(token);
  }

  private void add(int character) {
    literal.appendCodePoint(character);
    tokens.add(new Token.Literal(character));
  }

  /** Where a bracket ends; a closing bracket directly after the opening one is a character. */
  private static int closing(int[] text, int open) {
    int at = open + 1;
    if (at < text.length && (text[at] == '!' || text[at] == '^')) {
      at++;
    }
    if (at < text.length && text[at] == ']') {
      at++;
    }
    while (at < text.length && text[at] != ']') {
      if (text[at] == '[' && at + 1 < text.length && text[at + 1] == ':') {
        int end = at + 2;
        while (end + 1 < text.length && !(text[end] == ':' && text[end + 1] == ']')) {
          end++;
        }
        at = end + 1;
      }
      at++;
    }
    return at < text.length ? at : -1;
  }

  private static Token set(int[] text, int from, int end) {
    boolean negated = text[from] == '!' || text[from] == '^';
    int at = negated ? from + 1 : from;
    List<Range> ranges = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    while (at < end) {
      if (text[at] == '[' && at + 1 < end && text[at + 1] == ':') {
        int close = at + 2;
        while (close < end && text[close] != ':') {
          close++;
        }
        classes.add(new String(text, at + 2, close - at - 2));
        at = close + 2;
      } else if (at + 2 < end && text[at + 1] == '-') {
        ranges.add(new Range(text[at], text[at + 2]));
        at += 3;
      } else {
        ranges.add(new Range(text[at], text[at]));
        at++;
      }
    }
    return new Token.OneOf(negated, ranges, classes);
  }

  private static boolean accepts(Token token, int character) {
    return switch (token) {
      case Token.Star star -> true;
      case Token.Any any -> true;
      case Token.Literal(int expected) -> expected == character;
      case Token.OneOf set ->
          set.negated()
              != (set.ranges().stream().anyMatch(r -> r.from() <= character && character <= r.to())
                  || set.classes().stream().anyMatch(c -> inClass(c, character)));
    };
  }

  private static boolean inClass(String name, int c) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "alpha" -> Character.isLetter(c);
      case "digit" -> c >= '0' && c <= '9';
      case "alnum" -> Character.isLetterOrDigit(c);
      case "upper" -> Character.isUpperCase(c);
      case "lower" -> Character.isLowerCase(c);
      case "space" -> Character.isWhitespace(c);
      case "blank" -> c == ' ' || c == '\t';
      case "punct" -> c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
      case "xdigit" -> Character.digit(c, 16) >= 0 && c < 0x80;
      case "cntrl" -> Character.isISOControl(c);
      case "print" -> !Character.isISOControl(c);
      case "graph" -> !Character.isISOControl(c) && !Character.isWhitespace(c);
      default -> false;
    };
  }
}
