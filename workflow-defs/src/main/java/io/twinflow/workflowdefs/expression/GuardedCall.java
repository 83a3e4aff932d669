package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;

/** A call of a standard function, between two looks at the budget. */
final class GuardedCall {

  private GuardedCall() {}

  static Object run(
      Context context,
      Scriptable scope,
      Scriptable self,
      Object[] arguments,
      Callable function,
      AllocationRule rule) {
    EvaluationBudget budget = ((SandboxContexts.SandboxContext) context).budget();
    if (budget == null) {
      return function.call(context, scope, self, arguments);
    }
    budget.checkNotExceeded();
    AllocationRule.Call admitted =
        rule.admit(new AllocationRule.Call(context, scope, self, arguments), budget);
    Object result = function.call(context, scope, admitted.self(), admitted.arguments());
    budget.check();
    if (result instanceof CharSequence text) {
      budget.checkLength(text.length(), "a string");
    }
    return result;
  }

  /** The guard of concatenations and spreads: the value itself, if it is not too long. */
  static Object bounded(Context context, Object[] arguments) {
    Object value = arguments[0];
    EvaluationBudget budget = ((SandboxContexts.SandboxContext) context).budget();
    if (budget != null && value instanceof CharSequence text) {
      budget.checkLength(text.length(), "a string");
    }
    return value;
  }
}
