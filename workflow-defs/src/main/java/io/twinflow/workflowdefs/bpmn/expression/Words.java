package io.twinflow.workflowdefs.bpmn.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes the text of an expression apart, up to the bracket that ends it. */
final class Words {

  private static final List<String> SIGNS =
      List.of(
          "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".",
          "[", "]", "(", ")", ",");

  /** Comparisons without characters that XML wants escaped. */
  private static final Map<String, String> SPELLED =
      Map.ofEntries(
          Map.entry("and", "&&"),
          Map.entry("or", "||"),
          Map.entry("not", "!"),
          Map.entry("eq", "=="),
          Map.entry("ne", "!="),
          Map.entry("lt", "<"),
          Map.entry("le", "<="),
          Map.entry("gt", ">"),
          Map.entry("ge", ">="),
          Map.entry("div", "/"),
          Map.entry("mod", "%"));

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int at;

  private Words(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** The words from an offset on; the last one is the end, and stands at the closing bracket. */
  static List<Word> of(String text, int from) throws Mistake {
    return new Words(text, from).read(from);
  }

  private List<Word> read(int from) throws Mistake {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '}') {
        words.add(new Word(Word.Kind.END, "}", at));
        return words;
      }
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '\'' || c == '"') {
        words.add(string(c));
      } else if (isDigit(c)) {
        words.add(number());
      } else if (isNameStart(c)) {
        words.add(name());
      } else {
        words.add(sign());
      }
    }
    throw new Mistake(
        from - 2, "\"${\" is not closed: expected \"}\" at the end of the expression.");
  }

  private Word string(char quote) throws Mistake {
    int start = at;
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return new Word(Word.Kind.STRING, value.toString(), start);
      }
      if (c == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
    }
    throw new Mistake(start, "the string that begins here is not closed: expected " + quote + ".");
  }

  private Word number() {
    int start = at;
    digits();
    if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
      at++;
      digits();
    }
    return new Word(Word.Kind.NUMBER, text.substring(start, at), start);
  }

  private void digits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private Word name() {
    int start = at;
    while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    String name = text.substring(start, at);
    String sign = isMemberName() ? null : SPELLED.get(name);
    return sign == null
        ? new Word(Word.Kind.NAME, name, start)
        : new Word(Word.Kind.SIGN, sign, start);
  }

  /** After a dot, a word is a name whatever it says. */
  private boolean isMemberName() {
    return !words.isEmpty() && words.getLast().is(".");
  }

  private Word sign() throws Mistake {
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        Word word = new Word(Word.Kind.SIGN, sign, at);
        at += sign.length();
        return word;
      }
    }
    throw new Mistake(
        at,
        "found \"%s\", which has no meaning here. Expressions compare and calculate with variables: ${level > 3.5 && !empty gauge}"
            .formatted(text.charAt(at)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }
}
