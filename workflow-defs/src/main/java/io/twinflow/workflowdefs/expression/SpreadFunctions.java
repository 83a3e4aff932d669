package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.SerializableCallable;

/** What {@link SpreadCalls} puts in place of what is called; no source can spell the names. */
final class SpreadFunctions {

  static final String METHOD = "#method";
  static final String FUNCTION = "#function";
  static final String CONSTRUCTOR = "#constructor";

  private SpreadFunctions() {}

  static void defineIn(ScriptableObject scope) {
    define(
        scope,
        METHOD,
        (context, callScope, self, of) ->
            spread(callScope, ScriptRuntime.getElemAndThis(of[0], of[1], context, callScope)));
    define(
        scope,
        FUNCTION,
        (context, callScope, self, of) ->
            spread(callScope, ScriptRuntime.getValueAndThis(of[0], context)));
    define(
        scope,
        CONSTRUCTOR,
        (context, callScope, self, of) -> new SpreadConstructor(callScope, of[0]));
  }

  private static void define(ScriptableObject scope, String name, SerializableCallable function) {
    ScriptableObject.defineProperty(
        scope,
        name,
        new LambdaFunction(scope, name, 1, null, function),
        ScriptableObject.DONTENUM | ScriptableObject.PERMANENT | ScriptableObject.READONLY);
  }

  private static Object spread(Scriptable scope, ScriptRuntime.LookupResult called) {
    return new LambdaFunction(
        scope, 1, (context, callScope, self, list) -> called.call(context, callScope, items(list)));
  }

  /** Makes what the constructor makes, which is left as it is. */
  private static final class SpreadConstructor extends BaseFunction {

    private static final long serialVersionUID = 1L;

    private final transient Object constructor;

    SpreadConstructor(Scriptable scope, Object constructor) {
      super(scope, ScriptableObject.getFunctionPrototype(scope));
      this.constructor = constructor;
    }

    @Override
    public Scriptable construct(Context context, Scriptable scope, Object[] list) {
      return ScriptRuntime.newObject(constructor, context, scope, items(list));
    }
  }

  private static Object[] items(Object[] list) {
    return ScriptRuntime.getArrayElements((Scriptable) list[0]);
  }
}
