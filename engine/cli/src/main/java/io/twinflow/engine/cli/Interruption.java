package io.twinflow.engine.cli;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a first Ctrl-C does: whatever the command that is going on has asked for. */
public final class Interruption {

  private final AtomicReference<@Nullable Runnable> action = new AtomicReference<>();
  private volatile boolean requested;

  /** While the returned handle is open, an interruption calls {@code cancel} instead of ending. */
  public Armed on(Runnable cancel) {
    action.set(cancel);
    return () -> action.set(null);
  }

  /** False if nothing is going on that would have to be cancelled. */
  boolean request() {
    Runnable cancel = action.get();
    if (cancel == null) {
      return false;
    }
    requested = true;
    cancel.run();
    return true;
  }

  public boolean wasRequested() {
    return requested;
  }

  /** Ends the handling. */
  public interface Armed extends AutoCloseable {
    @Override
    void close();
  }
}
