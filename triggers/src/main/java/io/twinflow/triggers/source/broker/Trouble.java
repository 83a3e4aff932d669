package io.twinflow.triggers.source.broker;

import io.twinflow.executors.api.site.Finding;
import java.io.IOException;

/** Why a broker gives nothing, in words that its administrator can act on. */
public final class Trouble extends IOException {

  private static final long serialVersionUID = 1L;

  private final String found;
  private final String mend;

  /**
   * @param found what is so: where, and the broker's own words
   * @param mend what to do
   */
  public Trouble(String found, String mend) {
    super(mend.isEmpty() ? found : found + "; " + mend);
    this.found = found;
    this.mend = mend;
  }

  public Trouble(String found, String mend, Throwable cause) {
    this(found, mend);
    initCause(cause);
  }

  public Finding finding(String about) {
    return Finding.problem(about, found, mend);
  }
}
