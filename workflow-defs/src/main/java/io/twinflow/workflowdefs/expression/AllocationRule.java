package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.Scriptable;

/** Decides, before a standard function runs, whether what it would allocate is allowed. */
interface AllocationRule {

  /**
   * What the function is to be called with: values that were looked at are passed on as they were
   * seen, so that an object cannot show another face at the second look.
   *
   * @throws LimitExceeded if the call would cost too much
   */
  Call admit(Call call, EvaluationBudget budget);

  /** The receiver and the arguments of a call. */
  record Call(
      org.mozilla.javascript.Context context,
      Scriptable scope,
      Scriptable self,
      Object[] arguments) {

    Object argument(int index) {
      return index < arguments.length
          ? arguments[index]
          : org.mozilla.javascript.Undefined.instance;
    }

    Call withSelf(Scriptable newSelf) {
      return new Call(context, scope, newSelf, arguments);
    }

    Call withArgument(int index, Object value) {
      Object[] copy = java.util.Arrays.copyOf(arguments, Math.max(arguments.length, index + 1));
      java.util.Arrays.fill(
          copy, arguments.length, copy.length, org.mozilla.javascript.Undefined.instance);
      copy[index] = value;
      return new Call(context, scope, self, copy);
    }
  }
}
