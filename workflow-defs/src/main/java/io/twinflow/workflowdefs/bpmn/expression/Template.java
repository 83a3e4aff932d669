package io.twinflow.workflowdefs.bpmn.expression;

import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with expressions in it, {@code gauge-${station.id}}. Text that is one expression has the
 * expression's value, with its type; otherwise the values are put into the text. Evaluation takes
 * time and memory in proportion to the text: the language has no loops, no calls and no objects.
 *
 * @param text as it was written
 */
public record Template(String text, Position position, List<Part> parts) {

  private static final int LONGEST = 64 * 1024;

  public Template {
    parts = List.copyOf(parts);
  }

  /** A piece of a template. */
  public sealed interface Part {

    /** Characters that stand for themselves. */
    record Literal(String text) implements Part {}

    /** What is evaluated. */
    final class Embedded implements Part {

      private final Term term;
      private final String written;

      Embedded(Term term, String written) {
        this.term = term;
        this.written = written;
      }
    }
  }

  /**
   * @param position where the text begins
   * @throws InvalidDefinitionException if an expression in it cannot be read
   */
  public static Template parse(String text, Position position) throws InvalidDefinitionException {
    if (text.length() > LONGEST) {
      throw new InvalidDefinitionException(
          Problem.error(
              position,
              "found a text of %,d characters, at most %,d are read."
                  .formatted(text.length(), LONGEST)));
    }
    try {
      return new Template(text, position, parts(text));
    } catch (Mistake e) {
      throw new InvalidDefinitionException(
          Problem.error(at(position, text, e.offset()), String.valueOf(e.getMessage())));
    }
  }

  private static List<Part> parts(String text) throws Mistake {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf("${", at);
      if (open < 0) {
        break;
      }
      if (open > at) {
        parts.add(new Part.Literal(text.substring(at, open)));
      }
      List<Word> words = Words.of(text, open + 2);
      at = words.getLast().offset() + 1;
      parts.add(new Part.Embedded(ReadTerm.of(words), text.substring(open, at)));
    }
    if (at < text.length()) {
      parts.add(new Part.Literal(text.substring(at)));
    }
    return parts;
  }

  private static Position at(Position start, String text, int offset) {
    int lines = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    int column = lines == 0 ? start.column() + offset : offset - text.lastIndexOf('\n', offset - 1);
    return new Position(start.source(), start.line() + lines, column);
  }

  /** Whether the text is the same for all variables. */
  public boolean isConstant() {
    return parts.stream().allMatch(Part.Literal.class::isInstance);
  }

  /** Whether the text is one expression and nothing beside it. */
  public boolean isOneExpression() {
    return parts.size() == 1 && parts.getFirst() instanceof Part.Embedded;
  }

  /**
   * @throws ExpressionException if the variables do not suit the expression
   */
  public Value evaluate(Variables variables) throws ExpressionException {
    if (isOneExpression()) {
      return value(parts.getFirst(), variables);
    }
    StringBuilder result = new StringBuilder();
    for (Part part : parts) {
      result.append(EvaluateTerm.text(value(part, variables)));
    }
    return new StringValue(result.toString());
  }

  /**
   * Whether a condition holds; what is not there does not hold.
   *
   * @throws ExpressionException if the value is neither true, false nor null
   */
  public boolean holds(Variables variables) throws ExpressionException {
    Value value = evaluate(variables);
    if (value instanceof io.twinflow.workflowdefs.value.BooleanValue(boolean truth)) {
      return truth;
    }
    if (value == NullValue.NULL) {
      return false;
    }
    throw new ExpressionException(
        position, "%s: expected true or false, found %s".formatted(text, EvaluateTerm.text(value)));
  }

  private Value value(Part part, Variables variables) throws ExpressionException {
    return switch (part) {
      case Part.Literal(String literal) -> new StringValue(literal);
      case Part.Embedded embedded -> {
        try {
          yield new EvaluateTerm(variables).evaluate(embedded.term);
        } catch (Impossible e) {
          throw new ExpressionException(position, embedded.written + ": " + e.getMessage() + ".");
        }
      }
    };
  }
}
