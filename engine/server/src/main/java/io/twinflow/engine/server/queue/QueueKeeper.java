package io.twinflow.engine.server.queue;

import io.twinflow.engine.postgres.queue.NoteWaiting;
import io.twinflow.engine.postgres.queue.ShareSlots;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps the limits of tasks with the other servers, and writes down what waits here. */
@Component
final class QueueKeeper implements SmartLifecycle {

  private static final Logger LOG = System.getLogger(QueueKeeper.class.getName());
  private static final Duration LIMITED = Duration.ofMillis(100);
  private static final Duration UNLIMITED = Duration.ofSeconds(1);
  private static final long NOTE_NANOS = 1_000_000_000;

  private final ShareSlots slots;
  private final NoteWaiting notes;
  private volatile boolean running;
  private Thread thread = Thread.ofVirtual().unstarted(() -> {});
  private long noted = System.nanoTime();

  QueueKeeper(ShareSlots slots, NoteWaiting notes) {
    this.slots = slots;
    this.notes = notes;
  }

  /** Before any run is taken up: the first slot is handed out under the limits. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }

  @Override
  public void start() {
    running = true;
    round();
    thread = Thread.ofVirtual().name("queue").start(this::keep);
  }

  private void keep() {
    boolean limited = true;
    while (running) {
      try {
        Thread.sleep(limited ? LIMITED : UNLIMITED);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      limited = round();
    }
  }

  /** What was changed holds here at once, and on other servers within a second. */
  void limitsChanged() {
    round();
  }

  private synchronized boolean round() {
    try {
      boolean limited = slots.round();
      if (System.nanoTime() - noted > NOTE_NANOS) {
        noted = System.nanoTime();
        notes.round();
      }
      return limited;
    } catch (IOException | RuntimeException e) {
      if (running) {
        LOG.log(Level.WARNING, "limits stay as they were: {0}", e.getMessage());
      }
      return false;
    }
  }

  @Override
  public void stop() {
    running = false;
    thread.interrupt();
    try {
      thread.join(UNLIMITED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
