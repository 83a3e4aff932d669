package io.twinflow.triggers.source;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;

/** A kind of source that the configuration can name. */
public interface SourceType {

  /** The word in the configuration, as in {@code type: kafka}. */
  String name();

  /**
   * Makes a source. Asks nobody: one that does not answer is no reason to fail.
   *
   * @param settings without {@code type} and what all sources have in common; the caller calls
   *     {@link Settings#end}
   */
  Source open(Settings settings) throws InvalidSettingException;

  /** What its messages are, where nobody says it. */
  default Format usualFormat() {
    return Format.CLOUDEVENTS;
  }

  /** Whether it makes its events itself, and so nobody says how they are written. */
  default boolean makesEvents() {
    return false;
  }
}
