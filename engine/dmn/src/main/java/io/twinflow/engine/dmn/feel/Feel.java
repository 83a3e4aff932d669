package io.twinflow.engine.dmn.feel;

import fastparse.Parsed;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.feel.impl.parser.FeelParser$;
import org.camunda.feel.syntaxtree.ConstNull$;
import org.camunda.feel.syntaxtree.Exp;

/** Reads the expressions of one document. One thread. */
public final class Feel {

  /** Some seconds of the parser's time, if an author does all to slow it down. */
  private static final long MOST_COST = 1_000_000;

  /** Names with spaces that are looked for in the time that the parser takes for a character. */
  private static final int NAMES_AT_ONCE = 10;

  private static final Pattern DATES =
      Pattern.compile("(date and time|date|time|duration)\\s*\\(\\s*\"([^\"]*)\"\\s*\\)");

  private long cost;

  /** An expression that has a value, such as an output or an input expression. */
  public Expression expression(String text, KnownNames names) throws NotAllowed {
    return read(text, names, FeelParser$.MODULE$::parseExpression);
  }

  /** Tests of a value, such as the cell of a rule. */
  public UnaryTests tests(String text, KnownNames names) throws NotAllowed {
    return new UnaryTests(read(text, names, FeelParser$.MODULE$::parseUnaryTests));
  }

  private Expression read(String text, KnownNames names, Function<String, Parsed<Exp>> parser)
      throws NotAllowed {
    FeelText.Prepared prepared = FeelText.of(text, names);
    cost += prepared.cost() + (long) text.length() * names.special() / NAMES_AT_ONCE;
    if (cost > MOST_COST) {
      throw new NotAllowed(
          "the document has too many long expressions with many brackets to be read. Split it into several, or write them shorter.");
    }
    checkDates(prepared.text());
    Exp found = parsed(prepared.text(), parser);
    return new Expression(text, found, AllowedSyntax.check(found, names));
  }

  private static Exp parsed(String text, Function<String, Parsed<Exp>> parser) throws NotAllowed {
    Parsed<Exp> parsed;
    try {
      parsed = parser.apply(text);
    } catch (RuntimeException e) {
      throw new NotAllowed(
          "expected an expression of FEEL, found \"%s\".".formatted(Shortened.of(text)));
    }
    if (parsed instanceof Parsed.Success<Exp> success) {
      return success.value();
    }
    throw new NotAllowed(
        "expected an expression of FEEL, found \"%s\". A text stands in quotes, and a name with spaces is understood if the decision requires it."
            .formatted(Shortened.of(text)));
  }

  /** The parser makes null of a date that is none. */
  private static void checkDates(String text) throws NotAllowed {
    Matcher dates = DATES.matcher(text);
    while (dates.find()) {
      if (parsed(dates.group(), FeelParser$.MODULE$::parseExpression) instanceof ConstNull$) {
        throw new NotAllowed(
            "\"%s\" is no %s.".formatted(Shortened.of(dates.group(2)), dates.group(1)));
      }
    }
  }
}
