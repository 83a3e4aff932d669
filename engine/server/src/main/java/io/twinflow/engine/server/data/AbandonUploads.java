package io.twinflow.engine.server.data;

import io.twinflow.engine.core.artifact.ArtifactStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Removes what puts into the store left behind when their servers died. */
@Component
final class AbandonUploads implements SmartLifecycle {

  private static final Logger LOG = System.getLogger(AbandonUploads.class.getName());

  /** Longer than the largest file takes. */
  private static final Duration GRACE = Duration.ofDays(1);

  private static final Duration INTERVAL = Duration.ofHours(1);

  private final ArtifactStore store;
  private final Semaphore stopped = new Semaphore(0);
  private volatile boolean running;

  AbandonUploads(ArtifactStore store) {
    this.store = store;
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("abandon-uploads").start(this::again);
  }

  private void again() {
    try {
      while (!stopped.tryAcquire(INTERVAL.toSeconds(), TimeUnit.SECONDS)) {
        sweep();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    try {
      int abandoned = store.abandon(Instant.now().minus(GRACE));
      if (abandoned > 0) {
        LOG.log(Level.INFO, "{0} unfinished uploads were removed from the store", abandoned);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "unfinished uploads cannot be looked for: {0}", e.getMessage());
    }
  }

  @Override
  public void stop() {
    running = false;
    stopped.release();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
