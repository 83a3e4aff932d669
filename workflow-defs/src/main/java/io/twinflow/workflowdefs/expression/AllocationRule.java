package io.twinflow.workflowdefs.expression;

import java.util.Arrays;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Undefined;

/** Decides, before a standard function runs, whether what it would allocate is allowed. */
interface AllocationRule {

  /**
   * What the function is to be called with: values that were looked at are passed on as they were
   * seen, so that an object cannot show another face at the second look.
   *
   * @throws LimitExceeded if the call would cost too much
   */
  Call admit(Call call, EvaluationBudget budget);

  /**
   * A call with its receiver and arguments. The arguments are the engine's array, never changed.
   */
  final class Call {

    private final Context context;
    private final Scriptable scope;
    private final Scriptable self;
    private final Object[] arguments;

    Call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
      this.context = context;
      this.scope = scope;
      this.self = self;
      this.arguments = arguments;
    }

    Context context() {
      return context;
    }

    Scriptable scope() {
      return scope;
    }

    Scriptable self() {
      return self;
    }

    Object[] arguments() {
      return arguments;
    }

    /** The argument, or undefined if there are fewer. */
    Object argument(int index) {
      return index < arguments.length ? arguments[index] : Undefined.instance;
    }

    Call withSelf(Scriptable newSelf) {
      return new Call(context, scope, newSelf, arguments);
    }

    Call withArgument(int index, Object value) {
      Object[] copy = Arrays.copyOf(arguments, Math.max(arguments.length, index + 1));
      Arrays.fill(copy, arguments.length, copy.length, Undefined.instance);
      copy[index] = value;
      return new Call(context, scope, self, copy);
    }
  }
}
