package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;

final class GuardStandardObjects {
  private GuardStandardObjects() {}

  static ScriptableObject in(Context context, ScriptableObject scope) {
    scope.sealObject();
    return scope;
  }
}
