package io.twinflow.executors.serverless.attempts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt whose end is not known yet; guarded by {@link Flights}. */
final class Flight {

  /** How far it is, as far as is known. */
  enum Phase {
    /** Its turn has not come, or the site does not take it yet. */
    WAITS,
    /** The site has it. */
    SENT,
    /** It has claimed its folder. */
    RUNS
  }

  private final Attempt attempt;
  private Phase phase = Phase.WAITS;
  private Instant since;
  private boolean admitted;
  private @Nullable Instant stopAsked;
  private @Nullable Instant overSince;
  private String words = "";

  Flight(Attempt attempt, Instant now) {
    this.attempt = attempt;
    this.since = now;
  }

  Attempt attempt() {
    return attempt;
  }

  Phase phase() {
    return phase;
  }

  /** When it came into its phase, by the clock of this engine. */
  Instant since() {
    return since;
  }

  void enter(Phase next, Instant now) {
    if (next != phase) {
      phase = next;
      since = now;
    }
  }

  /** Whether what it reserves was given to it. */
  boolean isAdmitted() {
    return admitted;
  }

  void admit() {
    admitted = true;
  }

  @Nullable Instant stopAsked() {
    return stopAsked;
  }

  void askToStop(Instant now) {
    stopAsked = stopAsked == null ? now : stopAsked;
  }

  /** Since when the site says that it is over, although there is no result. */
  @Nullable Instant overSince() {
    return overSince;
  }

  /** The site's words about an end without a result. */
  String words() {
    return words;
  }

  void over(String why, Instant now) {
    words = why;
    overSince = overSince == null ? now : overSince;
  }
}
