package io.twinflow.engine.server.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * For whom inputs are fetched and kept while a run is being made, and how much more may come.
 *
 * @param left bytes
 */
public record ForRun(String subject, long most, AtomicLong left) {

  /** Bound by who makes a run, for the time that takes. */
  public static final ScopedValue<ForRun> CURRENT = ScopedValue.newInstance();

  public static ForRun of(String subject, long most) {
    return new ForRun(subject, most, new AtomicLong(most));
  }

  /** So many bytes are about to be fetched, or have been. */
  static void charge(long bytes) {
    if (CURRENT.isBound()) {
      ForRun run = CURRENT.get();
      if (run.left.addAndGet(-bytes) < 0) {
        throw new UncheckedIOException(run.tooMuch());
      }
    }
  }

  private IOException tooMuch() {
    return new java.nio.file.AccessDeniedException(
        "the inputs",
        null,
        "more than %d bytes would be fetched for this run; give fewer or smaller files, or ask the administrator to raise the bound (twinflow serve --most-input)"
            .formatted(most));
  }
}
