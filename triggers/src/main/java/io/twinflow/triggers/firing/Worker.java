package io.twinflow.triggers.firing;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Works while there is something to do, then waits to be rung for, and looks itself now and then.
 */
final class Worker implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Worker.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(30);

  private final String name;
  private final Work work;
  private final Semaphore bell = new Semaphore(0);
  private final Thread thread;
  private volatile boolean running = true;

  /** One step. */
  interface Work {

    /** Whether there may be more to do at once. */
    boolean next() throws IOException, InterruptedException;
  }

  Worker(String name, Work work) {
    this.name = name;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  void ring() {
    bell.release();
  }

  private void work() {
    while (running) {
      try {
        boolean more = once();
        if (!more && bell.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Whatever it was: without this loop no event would ever be answered again. */
  private boolean once() throws InterruptedException {
    try {
      return work.next();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0}: {1}; tried again", name, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, name + ": tried again", e);
    }
    return false;
  }

  @Override
  public void close() {
    running = false;
    ring();
    try {
      thread.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
