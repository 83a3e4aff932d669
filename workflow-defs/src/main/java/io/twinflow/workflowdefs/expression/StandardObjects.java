package io.twinflow.workflowdefs.expression;

import java.util.List;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.ScriptableObject;

/**
 * The objects that every expression finds: those of ECMAScript without what reaches beyond the
 * expression, cannot be bounded or has no use in it. Made once, sealed, and shared.
 */
final class StandardObjects {

  private static final List<String> WITHHELD =
      List.of(
          "ArrayBuffer",
          "BigInt",
          "BigInt64Array",
          "BigUint64Array",
          "Call",
          "Continuation",
          "DataView",
          "FinalizationRegistry",
          "Float32Array",
          "Float64Array",
          "Int16Array",
          "Int32Array",
          "Int8Array",
          "Iterator",
          "Promise",
          "Proxy",
          "Reflect",
          "Script",
          "StopIteration",
          "Uint16Array",
          "Uint32Array",
          "Uint8Array",
          "Uint8ClampedArray",
          "WeakRef",
          "With",
          "eval",
          "isXMLName",
          "uneval");

  private final ScriptableObject scope;
  private final LambdaFunction guard;

  private StandardObjects(ScriptableObject scope, LambdaFunction guard) {
    this.scope = scope;
    this.guard = guard;
  }

  static StandardObjects create(SandboxContexts contexts) {
    try (Context context = contexts.enterContext()) {
      ScriptableObject scope = context.initSafeStandardObjects(null, false);
      WITHHELD.forEach(scope::delete);
      LambdaFunction guard =
          new LambdaFunction(
              scope,
              GuardOperations.GUARD,
              1,
              null,
              (running, callScope, self, arguments) -> GuardedCall.bounded(running, arguments));
      ScriptableObject.defineProperty(
          scope, GuardOperations.GUARD, guard, ScriptableObject.DONTENUM);
      SpreadFunctions.defineIn(scope);
      GuardStandardObjects.in(context, scope);
      return new StandardObjects(scope, guard);
    }
  }

  static boolean isWithheld(String name) {
    return WITHHELD.contains(name);
  }

  /** A scope for one evaluation, in which nothing is defined yet. */
  ScriptableObject newScope(Context context) {
    ScriptableObject own = (ScriptableObject) context.newObject(scope);
    own.setPrototype(scope);
    own.setParentScope(null);
    own.defineProperty(
        GuardOperations.GUARD,
        guard,
        ScriptableObject.DONTENUM | ScriptableObject.PERMANENT | ScriptableObject.READONLY);
    return own;
  }
}
