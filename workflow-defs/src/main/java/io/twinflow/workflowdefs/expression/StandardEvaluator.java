package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.function.Supplier;

/** Resolves parameter references itself and starts the JavaScript engine only when it must. */
final class StandardEvaluator implements Evaluator {

  private final Supplier<JavaScriptEngine> engine;
  private final boolean waits;

  StandardEvaluator(Supplier<JavaScriptEngine> engine, boolean waits) {
    this.engine = engine;
    this.waits = waits;
  }

  @Override
  public boolean waits() {
    return waits;
  }

  @Override
  public Value evaluate(ExpressionText text, ExpressionContext context) throws ExpressionException {
    if (!text.needsEvaluation()) {
      return new StringValue(text.text());
    }
    String whole = text.text();
    int indent = whole.length() - whole.stripLeading().length();
    String stripped = whole.strip();
    Position start = Places.at(text.position(), whole, indent);
    ExpressionTemplate template;
    try {
      template = ExpressionTemplate.parse(stripped);
    } catch (UnbalancedExpression e) {
      throw new ExpressionException(
          Places.at(start, stripped, e.offset()), String.valueOf(e.getMessage()));
    }
    TextPart.Embedded only = template.whole();
    if (only != null) {
      return evaluate(only, start, stripped, context);
    }
    StringBuilder result = new StringBuilder();
    for (TextPart part : template.parts()) {
      switch (part) {
        case TextPart.Literal(String literal) -> result.append(literal);
        case TextPart.Embedded embedded ->
            result.append(JsonText.interpolated(evaluate(embedded, start, stripped, context)));
      }
    }
    return new StringValue(result.toString());
  }

  private Value evaluate(
      TextPart.Embedded expression, Position start, String text, ExpressionContext context)
      throws ExpressionException {
    Position position = Places.at(start, text, expression.offset());
    ParameterReference reference = ParameterReferenceParser.parse(expression.code());
    boolean javascript = context.expressionLib() != null;
    if (reference != null) {
      switch (ResolveReference.in(context, reference)) {
        case Resolution.Found(Value value) -> {
          return value;
        }
        case Resolution.Missing(String message, boolean undefined) -> {
          if (!javascript) {
            throw new ExpressionException(position, expression.written() + ": " + message);
          }
          if (undefined) {
            return NullValue.NULL;
          }
        }
      }
    }
    List<String> libraries = context.expressionLib();
    if (libraries == null) {
      throw new ExpressionException(position, NotAReference.message(expression));
    }
    Position code = Places.at(start, text, expression.offset() + 1);
    return engine
        .get()
        .evaluate(
            JavaScriptSource.expression(expression.code(), code, start),
            Libraries.of(libraries, code),
            context);
  }
}
