package io.twinflow.workflowdefs.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * For whom a thread works: where evaluations wait for processes, owners take turns, and a log tells
 * whom a line is about. When the owner has no use for them any more, they are broken off.
 */
public final class EvaluationOwner {

  private static final ScopedValue<EvaluationOwner> CURRENT = ScopedValue.newInstance();
  private static final ScopedValue<Long> TASK = ScopedValue.newInstance();

  private final String name;
  private final Set<Runnable> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
  private volatile boolean brokenOff;

  /** An evaluation, until it is closed. */
  public interface UnderWay extends AutoCloseable {
    @Override
    void close();
  }

  public EvaluationOwner(String name) {
    this.name = name;
  }

  /** The owner for whom this thread works. */
  public static Optional<EvaluationOwner> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** The task for which this thread works. */
  public static Optional<Long> task() {
    return TASK.isBound() ? Optional.of(TASK.get()) : Optional.empty();
  }

  /** The result of work for one task of the owner. */
  public static <T> T inTask(long task, Supplier<T> work) {
    return ScopedValue.where(TASK, task).call(work::get);
  }

  public String name() {
    return name;
  }

  /** Runs the work; what is evaluated in it, on this thread, is the owner's. */
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }

  /** The same for work that has a result, or fails. */
  public <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /**
   * By any thread: what is being evaluated for this owner ends at once with an {@link
   * ExpressionException}, and so does what would be evaluated later.
   */
  public void breakOff() {
    List<Runnable> all;
    synchronized (underWay) {
      brokenOff = true;
      all = new ArrayList<>(underWay);
    }
    all.forEach(Runnable::run);
  }

  public boolean isBrokenOff() {
    return brokenOff;
  }

  /** What is said of an evaluation that was broken off. */
  public static String notNeeded() {
    return "it was broken off, because its run has no more use for it.";
  }

  /**
   * Has an evaluation broken off with the others; at once, if they were already.
   *
   * @param giveUp called by any thread, at most twice
   */
  public UnderWay evaluating(Runnable giveUp) {
    synchronized (underWay) {
      underWay.add(giveUp);
    }
    if (brokenOff) {
      giveUp.run();
    }
    return () -> {
      synchronized (underWay) {
        underWay.remove(giveUp);
      }
    };
  }
}
