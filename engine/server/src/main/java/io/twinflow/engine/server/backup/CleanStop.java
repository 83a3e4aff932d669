package io.twinflow.engine.server.backup;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and the like interrupt the thread that works, and the process waits until it has tidied
 * up. What works asks {@link #check} often.
 */
final class CleanStop implements AutoCloseable {

  private static final Duration TIDYING = Duration.ofSeconds(30);

  private final Thread hook;
  private final CountDownLatch tidy;

  private CleanStop(Thread hook, CountDownLatch tidy) {
    this.hook = hook;
    this.tidy = tidy;
  }

  static CleanStop ofThisThread() {
    Thread worker = Thread.currentThread();
    CountDownLatch tidy = new CountDownLatch(1);
    Thread hook =
        Thread.ofPlatform()
            .name("clean-stop")
            .unstarted(() -> {
              worker.interrupt();
              try {
                boolean _ = tidy.await(TIDYING.toSeconds(), TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return new CleanStop(hook, tidy);
  }

  static void check() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("stopped half-way; nothing was left behind");
    }
  }

  @Override
  public void close() {
    tidy.countDown();
    if (!Thread.currentThread().isInterrupted()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
