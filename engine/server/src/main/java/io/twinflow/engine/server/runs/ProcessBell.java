package io.twinflow.engine.server.runs;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Rings where processes are carried on. Only to be quick: what there is to do is found anyway. */
@Component
public final class ProcessBell {

  private final Semaphore bell = new Semaphore(0);

  /** There is something to do. */
  public void ring() {
    bell.release();
  }

  /** Until somebody rings, or so long. */
  public void await(long millis) throws InterruptedException {
    if (bell.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      bell.drainPermits();
    }
  }
}
