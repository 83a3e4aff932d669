package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.expression.AllocationRule.Call;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.ScriptableObject;

/**
 * Keeps the shared objects as they are. Rhino's seal stops assignments, but not what
 * Object.defineProperty and its kin do.
 */
final class SharedObjectRules {

  private SharedObjectRules() {}

  static Call argument(Call call, EvaluationBudget budget) {
    refuseShared(call.argument(0));
    budget.check();
    return call;
  }

  static Call self(Call call, EvaluationBudget budget) {
    refuseShared(call.self());
    budget.check();
    return call;
  }

  static void refuseShared(Object target) {
    if (target instanceof ScriptableObject object && object.isSealed()) {
      throw ScriptRuntime.typeError("Cannot modify a sealed object");
    }
  }
}
