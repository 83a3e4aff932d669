package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;

/** Reads what all sites of this module have in their configuration. */
public final class LimitSettings {

  private LimitSettings() {}

  /**
   * @param otherwise for what the configuration does not say
   */
  public static Limits read(Settings settings, Limits otherwise) throws InvalidSettingException {
    return new Limits(
        settings.amount("cores").orElse(otherwise.cores()),
        settings.mebibytes("memory").orElse(otherwise.memoryMiB()),
        settings.count("calls", 1).orElse(otherwise.calls()),
        settings.time("startWithin").orElse(otherwise.startWithin()),
        settings.time("endWithin").orElse(otherwise.endWithin()),
        settings.time("settle").orElse(otherwise.settle()),
        settings.time("poll").orElse(otherwise.poll()));
  }
}
