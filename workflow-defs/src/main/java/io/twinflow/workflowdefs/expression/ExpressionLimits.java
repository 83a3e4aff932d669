package io.twinflow.workflowdefs.expression;

import java.time.Duration;

/**
 * What one evaluation of JavaScript may take.
 *
 * @param time wall time
 * @param allocatedBytes bytes it may hold; looked at each time that many have been allocated
 * @param concurrent evaluations that run at the same time; others wait
 */
public record ExpressionLimits(Duration time, long allocatedBytes, int concurrent) {

  private static final long MIB = 1024 * 1024;

  public ExpressionLimits {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("the time limit of expressions must be positive: " + time);
    }
    if (allocatedBytes < MIB) {
      throw new IllegalArgumentException(
          "the memory limit of expressions must be at least 1 MiB: " + allocatedBytes);
    }
    if (concurrent < 1) {
      throw new IllegalArgumentException(
          "at least one expression must be allowed at a time: " + concurrent);
    }
  }

  /**
   * 20 seconds, and 256 MiB or a quarter of the heap if that is less; as many at a time as there
   * are processors and as fit into half of the heap.
   */
  public static ExpressionLimits standard() {
    return forHeap(Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors());
  }

  static ExpressionLimits forHeap(long heapBytes, int processors) {
    long allocated = Math.max(MIB, Math.min(256 * MIB, heapBytes / 4));
    long fitting = Math.max(1, heapBytes / 2 / allocated);
    return new ExpressionLimits(
        Duration.ofSeconds(20), allocated, (int) Math.min(processors, fitting));
  }

  public ExpressionLimits withTime(Duration newTime) {
    return new ExpressionLimits(newTime, allocatedBytes, concurrent);
  }

  public ExpressionLimits withAllocatedBytes(long newAllocatedBytes) {
    return new ExpressionLimits(time, newAllocatedBytes, concurrent);
  }

  /** What is said of an expression that takes more time. */
  public String outOfTime() {
    return "it did not end within %s. Look for an endless loop or a regular expression that backtracks without end."
        .formatted(time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms");
  }
}
