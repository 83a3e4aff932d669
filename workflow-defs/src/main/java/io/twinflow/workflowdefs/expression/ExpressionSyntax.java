package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with an expression before anything is run, for the checker. Cheap: text
 * without expressions costs a search, and the JavaScript engine is started only for JavaScript.
 */
public final class ExpressionSyntax {

  private static final Set<String> ROOTS = Set.of("inputs", "self", "runtime", "null");

  private static final Once<JavaScriptEngine> PARSER =
      new Once<>(() -> new RhinoEngine(ExpressionLimits.standard()));

  private ExpressionSyntax() {}

  /**
   * All problems of the text, and of the libraries if it uses JavaScript.
   *
   * @param javascriptAllowed whether InlineJavascriptRequirement holds
   */
  public static List<Problem> problems(
      ExpressionText text, boolean javascriptAllowed, List<String> expressionLib) {
    if (!text.needsEvaluation()) {
      return List.of();
    }
    ExpressionTemplate template;
    try {
      template = ExpressionTemplate.parse(text.text());
    } catch (UnbalancedExpression e) {
      return List.of(
          Problem.error(
              Places.at(text.position(), text.text(), e.offset()), String.valueOf(e.getMessage())));
    }
    List<Problem> problems = new ArrayList<>();
    boolean javascript = false;
    for (TextPart.Embedded expression : template.expressions()) {
      ParameterReference reference = ParameterReferenceParser.parse(expression.code());
      Position position = Places.at(text.position(), text.text(), expression.offset());
      if (reference != null && ROOTS.contains(reference.root())) {
        continue;
      }
      if (!javascriptAllowed) {
        problems.add(Problem.error(position, withoutJavaScript(expression, reference)));
        continue;
      }
      javascript = true;
      Position code = Places.at(text.position(), text.text(), expression.offset() + 1);
      addIfAny(
          problems,
          PARSER
              .get()
              .syntaxError(JavaScriptSource.expression(expression.code(), code, text.position())));
    }
    if (javascript) {
      problems.addAll(libraryProblems(expressionLib, text.position()));
    }
    return problems;
  }

  /** A field that a parameter reference takes from a word, and where the reference stands. */
  public record Used(String field, Position position) {}

  /**
   * The fields that a text takes from a word by plain references, as {@code level} of {@code
   * $(decision.level)}; what JavaScript does with it is not told.
   */
  public static List<Used> fields(ExpressionText text, String word) {
    List<Used> used = new ArrayList<>();
    if (!text.needsEvaluation()) {
      return used;
    }
    try {
      for (TextPart.Embedded expression : ExpressionTemplate.parse(text.text()).expressions()) {
        ParameterReference reference = ParameterReferenceParser.parse(expression.code());
        if (reference != null
            && reference.root().equals(word)
            && !reference.segments().isEmpty()
            && reference.segments().getFirst() instanceof ParameterReference.Segment.Field field) {
          used.add(
              new Used(field.name(), Places.at(text.position(), text.text(), expression.offset())));
        }
      }
    } catch (UnbalancedExpression e) {
      // That is for problems() to tell.
      return used;
    }
    return used;
  }

  /** What is wrong with expressionLib itself; positions are those of the requirement. */
  public static List<Problem> libraryProblems(List<String> expressionLib, Position position) {
    List<Problem> problems = new ArrayList<>();
    for (JavaScriptSource library : Libraries.of(expressionLib, position)) {
      addIfAny(problems, PARSER.get().syntaxError(library));
    }
    return problems;
  }

  private static String withoutJavaScript(
      TextPart.Embedded expression, @Nullable ParameterReference reference) {
    if (reference != null) {
      return "%s: '%s' is not defined. Parameter references begin with inputs, self or runtime; for JavaScript add InlineJavascriptRequirement under 'requirements'."
          .formatted(Excerpt.of(expression.written()), reference.root());
    }
    return NotAReference.message(expression);
  }

  private static void addIfAny(List<Problem> problems, @Nullable ExpressionException error) {
    if (error != null) {
      problems.add(Problem.error(error.position(), String.valueOf(error.getMessage())));
    }
  }
}
