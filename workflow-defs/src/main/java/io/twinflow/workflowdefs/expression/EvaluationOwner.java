package io.twinflow.workflowdefs.expression;

import java.util.Optional;

/**
 * For whom the current thread evaluates: where evaluations wait for processes, owners take turns.
 */
public final class EvaluationOwner {

  private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

  private EvaluationOwner() {}

  /** Runs the work; what is evaluated in it, on this thread, is the owner's. */
  public static void run(String owner, Runnable work) {
    ScopedValue.where(CURRENT, owner).run(work);
  }

  public static Optional<String> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
