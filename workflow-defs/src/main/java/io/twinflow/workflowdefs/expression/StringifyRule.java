package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.expression.AllocationRule.Call;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * JSON.stringify walks what it is given in Java, where no instruction is counted: an object that
 * holds another twice, which holds another twice, takes for ever. So it gets a replacer that
 * counts.
 */
final class StringifyRule {

  private StringifyRule() {}

  static Call admit(Call call, EvaluationBudget budget) {
    Object replacer = call.argument(1);
    long[] characters = {0};
    return call.withArgument(
        1,
        new LambdaFunction(
            call.scope(),
            2,
            (context, scope, self, arguments) -> {
              Object value = arguments[1];
              if (replacer instanceof Callable function) {
                value = function.call(context, scope, self, arguments);
              } else if (replacer instanceof NativeArray names
                  && value instanceof Scriptable object) {
                value = only(names, object, call);
              }
              characters[0] += 4 + ScriptRuntime.toString(arguments[0]).length();
              if (value instanceof CharSequence text) {
                characters[0] += text.length();
              }
              budget.checkLength(characters[0], "a string");
              budget.check();
              return value;
            }));
  }

  /** What JSON.stringify makes of a list of names: the fields that it holds, in its order. */
  private static Object only(NativeArray names, Scriptable object, Call call) {
    if (object instanceof NativeArray
        || object instanceof Callable
        || !object.getClassName().equals("Object")) {
      return object;
    }
    Set<String> wanted = new LinkedHashSet<>();
    for (int i = 0; i < names.getLength(); i++) {
      wanted.add(ScriptRuntime.toString(names.get(i, names)));
    }
    Scriptable filtered = call.context().newObject(call.scope());
    for (String name : wanted) {
      Object value = ScriptableObject.getProperty(object, name);
      if (!Objects.equals(value, Scriptable.NOT_FOUND)) {
        PropertyNames.put(filtered, name, value);
      }
    }
    return filtered;
  }
}
