package io.twinflow.workflowdefs.source;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * What a person did wrong when the YAML parser stops, in plain words. The parser speaks of its own
 * parts; each rule tells a mistake from those words and from the line it stopped at. What no rule
 * knows is told in the parser's words.
 */
final class YamlMistake {

  private record Rule(Pattern parserSays, String plain) {

    static Rule of(String parserSays, String plain) {
      return new Rule(Pattern.compile(parserSays), plain);
    }
  }

  /** The first that fits is told; groups of the pattern may stand in it. */
  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "TAB",
              "a tab stands where YAML indents, which only spaces may. Put spaces in its place."),
          Rule.of(
              "found character '(.)' that cannot start",
              "a value cannot begin with $1. Put it in quotes."),
          Rule.of(
              "while scanning a quoted scalar",
              "the quotes that open %s are never closed. Close them where the text ends."),
          Rule.of(
              "found unknown escape character (.)",
              "\\\\$1 means nothing between double quotes. Write \\\\\\\\$1, or use single quotes."),
          Rule.of(
              "expected escape sequence of (\\d+) hexadecimal",
              "$1 hexadecimal digits are missing after the \\\\ and its letter."),
          Rule.of(
              "flow (sequence|mapping).*stream end",
              "the bracket that opens %s is never closed. Close it."),
          Rule.of(
              "flow sequence: expected",
              "the list that opens %s goes on here without a comma. Close it with ] or put a"
                  + " comma."),
          Rule.of(
              "flow mapping: expected",
              "the map that opens %s goes on here without a comma. Close it with } or put a"
                  + " comma."),
          Rule.of(
              "flow node: .*stream end",
              "a bracket is opened above and never closed. Close it, behind what belongs into it."),
          Rule.of(
              "expected the node content",
              "a value is missing before this mark. Put it there, or remove the mark; text that"
                  + " begins with it needs quotes."),
          Rule.of(
              "mapping values are not allowed",
              "a second \": \" within one value, or a line indented more than the one it goes"
                  + " with. Put text that holds \": \" in quotes; indent keys of one map alike."),
          Rule.of(
              "sequence entries are not allowed",
              "a list cannot begin behind a key. Begin it on the next line, or write [ … ]."),
          Rule.of(
              "simple key: could not find expected ':'",
              "the text %s is no \"key: value\". Add the colon and a space, or indent it as a part"
                  + " of the line before."),
          Rule.of(
              "block mapping: expected <block end>, but found '<(scalar|alias)>'",
              "text follows a value that has ended. Put the whole value in quotes, and write"
                  + " quotes within it twice."),
          Rule.of(
              "block (mapping|collection): expected <block end>, but found '(\\]|\\})'",
              "a $2 that closes nothing. Remove it, or open its bracket."),
          Rule.of(
              "block (mapping|collection): expected <block end>",
              "this line is indented neither like those that begin %s nor like a part of the line"
                  + " before it. Indent the keys of one map, and the items of one list, alike."),
          Rule.of(
              "leading empty lines contain more spaces",
              "an empty line before this text holds more spaces than the text is indented by."
                  + " Remove its spaces."),
          Rule.of(
              "block scalar: expected (chomping or indentation|a comment or a line break)",
              "behind | or > only -, + or a number may stand. Begin the text on the next line."),
          Rule.of(
              "while scanning an? (anchor|alias)",
              "behind & or * a name is expected. Put text that begins with them in quotes."),
          Rule.of(
              "while scanning a directive",
              "a line cannot begin with %%. Indent it as a part of the text before, or put it in"
                  + " quotes."),
          Rule.of(
              "undefined tag handle|while scanning a tag",
              "a value cannot begin with !. Put it in quotes."),
          Rule.of(
              "expected '<document start>'",
              "text stands here that belongs to no document. Remove it, or what ended or announced the"
                  + " document before it (..., %%)."));

  private YamlMistake() {}

  static Problem of(MarkedYamlEngineException e, String source) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    String parserSays = (context + e.getProblem()).replace('\n', ' ');
    Position at = e.getProblemMark().map(m -> position(m, source)).orElse(Position.startOf(source));
    String from = e.getContextMark().map(YamlMistake::place).orElse("there");
    for (Rule rule : RULES) {
      Matcher matcher = rule.parserSays().matcher(parserSays);
      if (matcher.find()) {
        StringBuilder plain = new StringBuilder();
        matcher.appendReplacement(plain, rule.plain().formatted(from));
        return Problem.error(at, "not YAML: " + plain.substring(matcher.start()));
      }
    }
    return Problem.error(at, "not YAML: " + parserSays + ".");
  }

  /** A character that YAML does not allow anywhere. */
  static Problem of(ReaderException e, String text, String source) {
    int at = Math.max(0, text.indexOf(e.getCodePoint()));
    int lineStart = text.lastIndexOf('\n', at) + 1;
    int line = (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
    return Problem.error(
        new Position(source, line, at - lineStart + 1),
        "not YAML: the character U+%04X stands here, which YAML does not allow. Remove it."
            .formatted(e.getCodePoint()));
  }

  private static String place(Mark mark) {
    return "at line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Position position(Mark mark, String source) {
    return new Position(source, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
