package io.twinflow.engine.dmn.feel;

import java.util.Map;
import java.util.Set;

/**
 * What is looked at before the parser of the library sees a text: it tries every way again after a
 * mistake, so that each bracket within another doubles its time, and it goes one level deeper for
 * each. Names that only this document knows are put into backticks.
 */
final class FeelText {

  static final int MOST_CHARACTERS = 1_000;
  static final int MOST_NESTING = 6;
  private static final int MOST_DEEPENING = 20;
  private static final long MOST_COST = 50_000;

  /** What follows them may be a whole expression without brackets. */
  private static final Set<String> DEEPENING = Set.of("if", "in");

  private static final String LOOPS =
      "loops are not evaluated, as they can run long. Give the list's sum, count, min or max, or prepare it where the decision is asked.";
  private static final String FUNCTIONS =
      "functions cannot be defined here, and Java is never called. Write the expression itself.";
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("for", LOOPS),
          Map.entry("some", LOOPS),
          Map.entry("every", LOOPS),
          Map.entry("satisfies", LOOPS),
          Map.entry("return", LOOPS),
          Map.entry("function", FUNCTIONS),
          Map.entry("external", FUNCTIONS),
          Map.entry("instance", "types are not asked for. Set the typeRef of the input."));

  private final String text;
  private final KnownNames names;
  private final StringBuilder prepared = new StringBuilder();
  private int index;
  private int open;
  private int deepest;
  private int deepening;

  private FeelText(String text, KnownNames names) {
    this.text = text;
    this.names = names;
  }

  /**
   * @param cost how many characters the parser looks at if all goes wrong
   */
  record Prepared(String text, long cost) {}

  static Prepared of(String text, KnownNames names) throws NotAllowed {
    if (text.length() > MOST_CHARACTERS) {
      throw new NotAllowed(
          "an expression has at most %,d characters, this one has %,d. Put a part of it into a decision that this one requires."
              .formatted(MOST_CHARACTERS, text.length()));
    }
    return new FeelText(text, names).prepare();
  }

  private Prepared prepare() throws NotAllowed {
    while (index < text.length()) {
      char c = text.charAt(index);
      if (c == '"' || c == '`') {
        quoted(c);
      } else if (Character.isJavaIdentifierStart(c)) {
        word();
      } else {
        bracket(c);
        sign(c);
        prepared.append(c);
        index++;
      }
    }
    if (open != 0) {
      throw unbalanced();
    }
    return new Prepared(prepared.toString(), cost());
  }

  /** Each bracket is tried in two ways, and in two more by what may stand before it. */
  private long cost() throws NotAllowed {
    long cost = (long) text.length() << (deepening == 0 ? deepest : 2 * deepest);
    if (cost > MOST_COST) {
      throw new NotAllowed(
          "the expression is too long for brackets that stand %d deep in each other. Put a part of it into a decision that this one requires."
              .formatted(deepest));
    }
    return cost;
  }

  private void quoted(char quote) throws NotAllowed {
    int end = index + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      end += quote == '"' && text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw new NotAllowed("a text that begins with %s does not end.".formatted(quote));
    }
    prepared.append(text, index, end + 1);
    index = end + 1;
  }

  private void word() throws NotAllowed {
    String name = names.at(text, index);
    if (name != null) {
      prepared.append('`').append(name).append('`');
      index = names.end(name, text, index);
      return;
    }
    int end = index + 1;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    String word = text.substring(index, end);
    String why = WORDS.get(word);
    if (why != null && !names.has(word)) {
      throw new NotAllowed("found \"%s\": %s".formatted(word, why));
    }
    if (DEEPENING.contains(word) && ++deepening > MOST_DEEPENING) {
      throw new NotAllowed(
          "found \"if\" and \"in\" more than %d times. Write a decision table."
              .formatted(MOST_DEEPENING));
    }
    prepared.append(word);
    index = end;
  }

  /** An interval's end may be another bracket than its beginning. */
  private void bracket(char c) throws NotAllowed {
    if (c == '(' || c == '[') {
      open++;
      deepest = Math.max(deepest, open);
      if (open > MOST_NESTING) {
        throw new NotAllowed(
            "brackets stand more than %d deep in each other. Put a part of it into a decision that this one requires."
                .formatted(MOST_NESTING));
      }
    } else if ((c == ')' || c == ']') && --open < 0) {
      throw unbalanced();
    }
  }

  private void sign(char c) throws NotAllowed {
    if (c == '{' || c == '}') {
      throw new NotAllowed(
          "found %s: contexts are not evaluated. Use a table with several outputs.".formatted(c));
    }
    if (c == '@') {
      throw new NotAllowed("found @: write date(\"…\"), time(\"…\") or duration(\"…\").");
    }
    if (text.startsWith("//", index) || text.startsWith("/*", index)) {
      throw new NotAllowed("found a comment in an expression. Write it into the description.");
    }
  }

  private static NotAllowed unbalanced() {
    return new NotAllowed(
        "brackets do not match. An interval that leaves out its end is written (1..5), not ]1..5[.");
  }
}
