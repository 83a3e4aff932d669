package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.expression.AllocationRule.Call;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.ScriptRuntime;

/**
 * Replacing multiplies: each match may bring in the whole replacement, and {@code $&}, {@code $`}
 * and {@code $'} bring in parts of the text itself.
 */
final class ReplaceRule {

  private ReplaceRule() {}

  static Call string(Call call, EvaluationBudget budget) {
    Call seen = StringRules.seeSelf(call);
    return bounded(seen, StringRules.selfText(seen), budget);
  }

  static Call regularExpression(Call call, EvaluationBudget budget) {
    String text = ScriptRuntime.toString(call.argument(0));
    return bounded(call.withArgument(0, text), text, budget);
  }

  private static Call bounded(Call call, String text, EvaluationBudget budget) {
    if (call.argument(0) instanceof CharSequence) {
      StringRules.pattern(call, budget);
    }
    if (call.argument(1) instanceof Callable replacer) {
      return call.withArgument(1, counting(call, replacer, budget));
    }
    String replacement = ScriptRuntime.toString(call.argument(1));
    long ofText = replacement.chars().filter(c -> c == '$').count();
    long most = text.length() + (text.length() + 1L) * replacement.length();
    if (ofText > 0) {
      most += ofText * text.length() * (text.length() + 1L);
    }
    Call seen = call.withArgument(1, replacement);
    if (most <= budget.longest()) {
      return seen;
    }
    if (ofText > 0) {
      throw budget.exceed(
          "it replaces in a long text with a replacement that holds '$'. Use a function as replacement.");
    }
    return seen.withArgument(
        1, counting(call, (context, scope, self, arguments) -> replacement, budget));
  }

  /** A replacer that is called as often as the text is replaced, and stops when it is too much. */
  private static Object counting(Call call, Callable replacer, EvaluationBudget budget) {
    long[] characters = {0};
    return new LambdaFunction(
        call.scope(),
        1,
        (context, scope, self, arguments) -> {
          String replacement =
              ScriptRuntime.toString(replacer.call(context, scope, self, arguments));
          characters[0] += replacement.length();
          budget.checkLength(characters[0], "a string");
          budget.check();
          return replacement;
        });
  }
}
