package io.twinflow.engine.server.chores;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Something to be done each time an interval has gone by, while the server runs. */
public abstract class Chore implements SmartLifecycle {

  private static final Logger LOG = System.getLogger(Chore.class.getName());

  private final String name;
  private final Duration interval;
  private final Semaphore stopped = new Semaphore(0);
  private volatile boolean running;

  /**
   * @param name of its thread
   */
  protected Chore(String name, Duration interval) {
    this.name = name;
    this.interval = interval;
  }

  /** What goes wrong is logged, and tried again the next time. */
  protected abstract void once();

  /** Without this there would be no next time. */
  private void tryOnce() {
    try {
      once();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, name + " broke off", e);
    }
  }

  @Override
  public final void start() {
    running = true;
    Thread.ofVirtual().name(name).start(this::again);
  }

  private void again() {
    try {
      while (!stopped.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        tryOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public final void stop() {
    running = false;
    stopped.release();
  }

  @Override
  public final boolean isRunning() {
    return running;
  }
}
