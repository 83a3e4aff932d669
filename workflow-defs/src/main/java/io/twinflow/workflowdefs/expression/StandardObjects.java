package io.twinflow.workflowdefs.expression;

import java.util.List;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;

/** The objects that every expression finds: those of ECMAScript without what cannot be bounded. */
final class StandardObjects {

  private static final List<String> WITHHELD =
      List.of(
          "eval",
          "Function",
          "BigInt",
          "Proxy",
          "Continuation",
          "Script",
          "With",
          "Call",
          "uneval",
          "isXMLName",
          "ArrayBuffer",
          "DataView",
          "Int8Array",
          "Uint8Array",
          "Uint8ClampedArray",
          "Int16Array",
          "Uint16Array",
          "Int32Array",
          "Uint32Array",
          "Float32Array",
          "Float64Array",
          "BigInt64Array",
          "BigUint64Array",
          "WeakRef",
          "FinalizationRegistry");

  private StandardObjects() {}

  static ScriptableObject create(SandboxContexts contexts) {
    try (Context context = contexts.enterContext()) {
      ScriptableObject scope = context.initSafeStandardObjects(null, false);
      WITHHELD.forEach(scope::delete);
      return GuardStandardObjects.in(context, scope);
    }
  }
}
