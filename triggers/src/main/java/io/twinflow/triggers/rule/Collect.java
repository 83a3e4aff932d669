package io.twinflow.triggers.rule;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several events into one run, which starts at the first of: so many events, so long after the
 * first of them, so long after the last.
 *
 * @param by whose value tells which events belong together; null if all do
 */
public record Collect(
    @Nullable ExpressionText by, int count, @Nullable Duration within, @Nullable Duration quiet) {

  static final int MOST = 10_000;

  static Collect of(Settings settings, @Nullable ExpressionText by) throws InvalidSettingException {
    Optional<Integer> count = settings.count("count", 1);
    Optional<Duration> within = settings.time("within");
    Optional<Duration> quiet = settings.time("quiet");
    if (count.orElse(1) > MOST) {
      throw settings.wrong("count", "at most %d".formatted(MOST));
    }
    if (count.isEmpty() && within.isEmpty() && quiet.isEmpty()) {
      throw settings.wrong("count", "at least one of count, within and quiet");
    }
    return new Collect(by, count.orElse(MOST), within.orElse(null), quiet.orElse(null));
  }
}
