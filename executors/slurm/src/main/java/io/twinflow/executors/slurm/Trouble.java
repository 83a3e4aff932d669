package io.twinflow.executors.slurm;

import io.twinflow.executors.api.SiteException;
import org.jspecify.annotations.Nullable;

/** What kept Slurm from answering last time; nothing when it did. */
final class Trouble {

  private @Nullable SiteException untold;
  private String words = "";

  synchronized void is(SiteException e) {
    untold = e;
    words = "its state is not known now: " + e.getMessage();
  }

  synchronized void isOver() {
    untold = null;
    words = "";
  }

  /** Why nothing newer is known of what waits; empty if there is no trouble. */
  synchronized String words() {
    return words;
  }

  /** Told once. */
  synchronized void tell() throws SiteException {
    SiteException told = untold;
    untold = null;
    if (told != null) {
      throw told;
    }
  }
}
