package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.expression.AllocationRule.Call;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/** Rules for functions that make strings, or take them apart. */
final class StringRules {

  /** A substring with its object and the place in an array. */
  private static final int BYTES_PER_PART = 72;

  private static final int LONGEST_PATTERN = 64 * 1024;

  private StringRules() {}

  static Call repeat(Call call, EvaluationBudget budget) {
    Call seen = seeSelf(call);
    double times = ScriptRuntime.toNumber(call.argument(0));
    if (times > 0) {
      budget.checkLength(
          (long) Math.min(Long.MAX_VALUE, selfText(seen).length() * times), "a string");
    }
    return seen.withArgument(0, times);
  }

  static Call pad(Call call, EvaluationBudget budget) {
    double length = ScriptRuntime.toNumber(call.argument(0));
    if (length > 0) {
      budget.checkLength((long) length, "a string");
    }
    return call.withArgument(0, length);
  }

  static Call concat(Call call, EvaluationBudget budget) {
    Call seen = seeSelf(call);
    long length = selfText(seen).length();
    for (int i = 0; i < call.arguments().length; i++) {
      String part = ScriptRuntime.toString(call.argument(i));
      seen = seen.withArgument(i, part);
      length += part.length();
      budget.checkLength(length, "a string");
    }
    return seen;
  }

  static Call takeApart(Call call, EvaluationBudget budget) {
    Call seen = seeSelf(call);
    budget.reserve((long) selfText(seen).length() * BYTES_PER_PART);
    return call.argument(0) instanceof CharSequence ? pattern(seen, budget) : seen;
  }

  static Call takeArgumentApart(Call call, EvaluationBudget budget) {
    String text = ScriptRuntime.toString(call.argument(0));
    budget.reserve((long) text.length() * BYTES_PER_PART);
    return call.withArgument(0, text);
  }

  static Call pattern(Call call, EvaluationBudget budget) {
    if (call.argument(0) instanceof CharSequence text && text.length() > LONGEST_PATTERN) {
      throw budget.exceed(
          "it uses a regular expression or separator of more than %,d characters."
              .formatted(LONGEST_PATTERN));
    }
    budget.check();
    return call;
  }

  static Call raw(Call call, EvaluationBudget budget) {
    if (!(call.argument(0) instanceof Scriptable strings)
        || !(ScriptableObject.getProperty(strings, "raw") instanceof NativeArray parts)) {
      throw ScriptRuntime.typeError("String.raw is for template literals only");
    }
    budget.checkLength(parts.getLength(), "an array");
    return call;
  }

  /** The call with the receiver turned into a string once and for all. */
  static Call seeSelf(Call call) {
    Object self = call.self();
    if (self == null || Undefined.isUndefined(self)) {
      return call;
    }
    String text = ScriptRuntime.toString(self);
    return call.withSelf(ScriptRuntime.toObject(call.context(), call.scope(), text));
  }

  static String selfText(Call seen) {
    return ScriptRuntime.toString(seen.self());
  }
}
