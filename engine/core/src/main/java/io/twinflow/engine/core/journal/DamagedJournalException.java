package io.twinflow.engine.core.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A journal that cannot be believed; the message names the file and the byte. */
public final class DamagedJournalException extends IOException {

  private static final long serialVersionUID = 1L;

  public DamagedJournalException(String message) {
    super(message);
  }

  public DamagedJournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
