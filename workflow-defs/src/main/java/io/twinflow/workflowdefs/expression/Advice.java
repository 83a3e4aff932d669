package io.twinflow.workflowdefs.expression;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.RhinoException;

/** How to mend an error that JavaScript's own message leaves unclear. */
final class Advice {

  private static final Pattern UNDEFINED_NAME = Pattern.compile("\"([^\"]+)\" is not defined");
  private static final Pattern INPUT =
      Pattern.compile(
          "\\binputs\\s*(?:\\.\\s*([\\p{L}_$][\\p{L}\\p{N}_$]*)|\\[\\s*['\"]([^'\"]+)['\"]\\s*])");

  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "require", "Modules cannot be loaded; put the code into expressionLib.",
          "module", "Modules cannot be loaded; put the code into expressionLib.",
          "console", "There is no console; return the value, or use 'throw' to see it.",
          "process", "Expressions do not run in Node.js; use inputs and runtime.",
          "Buffer", "Expressions do not run in Node.js; work with strings.",
          "setTimeout", "Expressions cannot wait.",
          "Promise", "Expressions cannot wait; compute the value itself.",
          "eval", "Write the code itself.",
          "BigInt", "JSON has no BigInt; use a number or a string.",
          "structuredClone", "Write JSON.parse(JSON.stringify(x)).");

  private Advice() {}

  static String on(
      RhinoException error,
      String code,
      int line,
      int column,
      @Nullable ExpressionContext context) {
    String details = String.valueOf(error.details());
    if (details.contains("Exceeded maximum stack depth")) {
      return "Calls are nested too deeply. Look for a recursion without end.";
    }
    if (details.contains("sealed object")) {
      return "Standard objects are shared by all expressions and cannot be changed; use a function or an object of your own.";
    }
    if (error instanceof EvaluatorException) {
      return ModernSyntax.advice(code, line, column, details);
    }
    Matcher undefined = UNDEFINED_NAME.matcher(details);
    if (undefined.find()) {
      return onName(undefined.group(1));
    }
    if (context != null && (details.contains("undefined") || details.contains("null"))) {
      return onInputs(code, context);
    }
    return "";
  }

  private static String onName(String name) {
    if (ELSEWHERE.containsKey(name)) {
      return ELSEWHERE.get(name);
    }
    if (StandardObjects.isWithheld(name)) {
      return "It is not available in expressions.";
    }
    return "Expressions see inputs, self and runtime, and what expressionLib defines.";
  }

  /** The first input that the code asks for and that is not there, or is null. */
  private static String onInputs(String code, ExpressionContext context) {
    Matcher matcher = INPUT.matcher(code);
    while (matcher.find()) {
      String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      var known = context.inputs().fields();
      if (!known.containsKey(name)) {
        return MissingField.message("inputs", name, known.keySet());
      }
    }
    return "";
  }
}
