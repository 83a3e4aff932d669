package io.twinflow.triggers.rule;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import java.time.Duration;
import java.util.Locale;

/**
 * How many runs may begin in any time of this length; the next ones wait.
 *
 * @param most so many
 */
public record Rate(int most, Duration per) {

  private static final int MOST = 10_000;

  static Rate of(Settings settings) throws InvalidSettingException {
    int most = settings.count("most", 1).orElseThrow(() -> settings.wrong("most", "a number"));
    if (most > MOST) {
      throw settings.wrong("most", "at most %d".formatted(MOST));
    }
    Duration per =
        settings
            .time("per")
            .filter(Duration::isPositive)
            .orElseThrow(() -> settings.wrong("per", "a time such as 15s, 20m or 12h"));
    return new Rate(most, per);
  }

  /** As in {@code at most 10 runs begin in 1h}. */
  public String words() {
    String time = per.toString().replaceFirst("^PT", "").toLowerCase(Locale.ROOT);
    return "at most %d runs begin in %s".formatted(most, time);
  }
}
