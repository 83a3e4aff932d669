package io.twinflow.workflowdefs.expression;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets virtual threads borrow platform threads, as the JVM counts allocated bytes for these alone.
 * The threads are daemons and end when they are not needed.
 */
final class PlatformThreads {

  /** What runs on the thread. */
  interface Work<T> {
    T call() throws ExpressionException;
  }

  private final ThreadPoolExecutor pool;

  PlatformThreads(int size) {
    pool =
        new ThreadPoolExecutor(
            size,
            size,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("twinflow-expression-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
  }

  <T> T call(Work<T> work) throws ExpressionException {
    if (!Thread.currentThread().isVirtual()) {
      return work.call();
    }
    Future<T> result = pool.submit(work::call);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          // The evaluation is bounded in time; the caller sees the interrupt afterwards.
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof ExpressionException failure) {
            throw failure;
          }
          throw new IllegalStateException("An expression's evaluation broke off.", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
