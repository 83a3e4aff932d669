package io.twinflow.workflowdefs.expression;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * For whom the current thread works: where evaluations wait for processes, owners take turns, and a
 * log tells whom a line is about.
 */
public final class EvaluationOwner {

  private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();
  private static final ScopedValue<Long> TASK = ScopedValue.newInstance();

  private EvaluationOwner() {}

  /** Runs the work; what is evaluated in it, on this thread, is the owner's. */
  public static void run(String owner, Runnable work) {
    ScopedValue.where(CURRENT, owner).run(work);
  }

  /** The result of work for one task of the owner. */
  public static <T> T inTask(long task, Supplier<T> work) {
    return ScopedValue.where(TASK, task).call(work::get);
  }

  public static Optional<String> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  public static Optional<Long> task() {
    return TASK.isBound() ? Optional.of(TASK.get()) : Optional.empty();
  }
}
