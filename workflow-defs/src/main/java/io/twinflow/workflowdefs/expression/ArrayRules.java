package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.expression.AllocationRule.Call;
import java.util.Objects;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/** Rules for functions that walk or make arrays. */
final class ArrayRules {

  /** An item's place in two arrays while one is copied to the other, and an object for a number. */
  private static final int BYTES_PER_ITEM = 16;

  /** An entry of an object, or an array of two, with its key. */
  private static final int BYTES_PER_ENTRY = 96;

  private ArrayRules() {}

  static Call items(Call call, EvaluationBudget budget) {
    long length = length(call.self());
    budget.checkLength(length, "an array");
    budget.reserve(length * BYTES_PER_ITEM);
    return call;
  }

  static Call join(Call call, EvaluationBudget budget) {
    items(call, budget);
    Call seen = call;
    long separator = 1;
    if (call.arguments().length > 0 && !Undefined.isUndefined(call.argument(0))) {
      String text = ScriptRuntime.toString(call.argument(0));
      seen = call.withArgument(0, text);
      separator = text.length();
    }
    long length = length(call.self());
    long characters = length * separator;
    budget.checkLength(characters, "a string");
    if (call.self() instanceof NativeArray array) {
      for (int i = 0; i < length; i++) {
        if (array.get(i, array) instanceof CharSequence text) {
          characters += text.length();
        }
      }
      budget.checkLength(characters, "a string");
    }
    return seen;
  }

  static Call concat(Call call, EvaluationBudget budget) {
    long length = length(call.self());
    for (Object argument : call.arguments()) {
      length += argument instanceof Scriptable object ? length(object) : 1;
      budget.checkLength(length, "an array");
    }
    budget.reserve(length * BYTES_PER_ITEM);
    return call;
  }

  static Call flat(Call call, EvaluationBudget budget) {
    items(call, budget);
    double depth =
        Undefined.isUndefined(call.argument(0)) ? 1 : ScriptRuntime.toNumber(call.argument(0));
    long[] counted = {0};
    count(call.self(), depth, counted, budget);
    budget.reserve(counted[0] * BYTES_PER_ITEM);
    return call.withArgument(0, depth);
  }

  private static void count(
      Scriptable self, double depth, long[] counted, EvaluationBudget budget) {
    if (!(self instanceof NativeArray array)) {
      return;
    }
    long length = array.getLength();
    counted[0] += length;
    budget.checkLength(counted[0], "an array");
    for (int i = 0; depth > 0 && i < length; i++) {
      if (array.get(i, array) instanceof NativeArray inner) {
        count(inner, depth - 1, counted, budget);
      }
    }
  }

  static Call argumentItems(Call call, EvaluationBudget budget) {
    long length = 0;
    for (Object argument : call.arguments()) {
      length +=
          switch (argument) {
            case CharSequence text -> text.length();
            case NativeArray array -> array.getLength();
            case ScriptableObject object -> Math.max(object.size(), length(object));
            case null, default -> 0;
          };
    }
    budget.checkLength(length, "an array");
    budget.reserve(length * BYTES_PER_ENTRY);
    return call;
  }

  static Call apply(Call call, EvaluationBudget budget) {
    if (call.argument(1) instanceof Scriptable arguments) {
      budget.checkLength(length(arguments), "an array");
    }
    return call;
  }

  /** The length, which must be a plain number: a computed one could differ at the next look. */
  static long length(Scriptable object) {
    if (object instanceof NativeArray array) {
      return array.getLength();
    }
    for (Scriptable link = object; link != null; link = link.getPrototype()) {
      if (link instanceof ScriptableObject owner
          && owner.getGetterOrSetter("length", 0, owner, false) instanceof Callable) {
        throw ScriptRuntime.typeError("the length of an array-like object must be a plain number");
      }
    }
    Object length = ScriptableObject.getProperty(object, "length");
    if (length instanceof Number number) {
      return (long) number.doubleValue();
    }
    if (length instanceof Scriptable) {
      throw ScriptRuntime.typeError("the length of an array-like object must be a plain number");
    }
    double converted =
        Objects.equals(length, Scriptable.NOT_FOUND) ? 0 : ScriptRuntime.toNumber(length);
    return Double.isNaN(converted) ? 0 : (long) converted;
  }
}
