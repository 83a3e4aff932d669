package io.twinflow.workflowdefs.expression;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation has left of time and memory. Belongs to the thread it was made on, which must
 * be a platform thread: allocations of virtual threads are not counted by the JVM.
 */
final class EvaluationBudget {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Allocated characters and items cost bytes, copies and headers; so many bytes are set aside. */
  private static final int BYTES_PER_ELEMENT = 32;

  /** The part of the limit by which the heap may have grown while only garbage was made. */
  private static final int HARDLY = 8;

  private final ExpressionLimits limits;
  private final @Nullable EvaluationOwner owner;
  private final long startedNanos = System.nanoTime();
  private long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();

  /** The heap after a collection, early on; negative while that is not known. */
  private long baseline = -1;

  private @Nullable String exceeded;

  /**
   * @param owner who may break it off
   */
  EvaluationBudget(ExpressionLimits limits, @Nullable EvaluationOwner owner) {
    this.limits = limits;
    this.owner = owner;
  }

  /**
   * To be called again and again while the evaluation runs.
   *
   * @throws LimitExceeded if time or memory is used up, or nobody waits for the result
   */
  void check() {
    if (owner != null && owner.isBrokenOff()) {
      throw exceed(EvaluationOwner.notNeeded());
    }
    if (System.nanoTime() - startedNanos > limits.time().toNanos()) {
      throw exceed(limits.outOfTime());
    }
    reserve(0);
  }

  /**
   * To be called before something of a known size is allocated.
   *
   * @throws LimitExceeded if it does not fit into what is left
   */
  void reserve(long bytes) {
    long limit = limits.allocatedBytes();
    long allocated = allocated();
    if (baseline < 0 && allocated > limit / 4 && allocated < limit) {
      baseline = heapInUse();
    }
    if (bytes < 0 || bytes > limit || (allocated + bytes > limit && holdsTooMuch())) {
      throw exceed(
          "it needs more than the %d MiB of memory that one expression may take. Look for an endless loop, or work on less data at a time."
              .formatted(limit >> 20));
    }
  }

  private long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
  }

  /**
   * Whether what was allocated is still held. A long loop makes much garbage and needs little
   * memory; only a collection tells the two apart, so there is one each time the limit has been
   * allocated. Counting begins anew only if the heap has hardly grown since the first look: what is
   * held may be doubled several times before the next.
   */
  private boolean holdsTooMuch() {
    if (baseline < 0) {
      return true;
    }
    long used = heapInUse();
    long limit = limits.allocatedBytes();
    if (used - baseline > limit / HARDLY || Runtime.getRuntime().maxMemory() - used < 2 * limit) {
      return true;
    }
    allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    return false;
  }

  private static long heapInUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** How many characters a string, or items an array, may have. */
  long longest() {
    return limits.allocatedBytes() / BYTES_PER_ELEMENT;
  }

  /**
   * Refuses a string or array that is too long.
   *
   * @throws LimitExceeded if it is
   */
  void checkLength(long length, String what) {
    if (length > longest() || length < 0) {
      throw exceed(
          "it makes %s of more than %,d %s."
              .formatted(what, longest(), what.equals("a string") ? "characters" : "items"));
    }
  }

  /**
   * To be called before anything else is begun: what closes iterators and generators must not run
   * after the end.
   */
  void checkNotExceeded() {
    if (exceeded != null) {
      // A new one each time: Java refuses an error that suppresses itself.
      throw new LimitExceeded(exceeded);
    }
  }

  /** Ends the evaluation; the caller throws what this returns. */
  LimitExceeded exceed(String message) {
    if (exceeded == null) {
      exceeded = message;
    }
    return new LimitExceeded(exceeded);
  }
}
