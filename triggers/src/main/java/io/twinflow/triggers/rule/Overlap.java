package io.twinflow.triggers.rule;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;

/**
 * What to do while runs of the trigger are going on.
 *
 * @param most so many may
 * @param then what becomes of the next one
 */
public record Overlap(int most, Then then) {

  static final Overlap ANY = new Overlap(Integer.MAX_VALUE, Then.QUEUE);

  /** For one run too many. */
  public enum Then {
    /** It waits. */
    QUEUE,
    /** There is no run for it. */
    SKIP,
    /** The oldest one is cancelled. */
    REPLACE
  }

  static Overlap of(Settings settings) throws InvalidSettingException {
    return new Overlap(
        settings.count("most", 1).orElse(1),
        settings.choice("then", Then.class).orElse(Then.QUEUE));
  }
}
