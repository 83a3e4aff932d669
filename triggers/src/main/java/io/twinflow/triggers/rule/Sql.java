package io.twinflow.triggers.rule;

import io.cloudevents.CloudEvent;
import io.cloudevents.sql.Expression;
import io.cloudevents.sql.ParseException;
import io.cloudevents.sql.Parser;
import io.cloudevents.sql.Result;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A condition in the CloudEvents SQL Expression Language 1.0, over an event's attributes. */
record Sql(String text, Expression expression) {

  private static final int LONGEST = 4096;

  /** A text in quotes, in which a backslash is before what shall not end it. */
  private static final Pattern LITERAL =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"");

  /**
   * Of per cent signs in a pattern of LIKE: the library tries all ways to match one after the
   * other, and each further sign multiplies them by the length of what a stranger has sent.
   */
  private static final int MOST_WILDCARDS = 2;

  static final String EXPECTED =
      "a CloudEvents SQL expression of at most %d characters, such as type = 'org.example.reading' AND EXISTS site"
          .formatted(LONGEST);

  /**
   * @throws IllegalArgumentException with what is wrong with it
   */
  static Sql of(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("it is longer");
    }
    Matcher literals = LITERAL.matcher(text);
    while (literals.find()) {
      if (literals.group().chars().filter(c -> c == '%').count() > MOST_WILDCARDS) {
        throw new IllegalArgumentException(
            "%s: a text may have %d per cent signs at most"
                .formatted(literals.group(), MOST_WILDCARDS));
      }
    }
    try {
      return new Sql(text, Parser.parseDefault(text));
    } catch (ParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Why an event does not match; empty if it does. */
  Optional<String> refusal(CloudEvent event) {
    Result result = expression.evaluate(event);
    if (result.isFailed()) {
      return Optional.of("sql cannot be told: " + result.causes().iterator().next().getMessage());
    }
    return switch (result.value()) {
      case Boolean holds when holds -> Optional.empty();
      case Boolean _ -> Optional.of("sql is false");
      case Object other -> Optional.of("sql is %s, not true".formatted(other));
    };
  }
}
