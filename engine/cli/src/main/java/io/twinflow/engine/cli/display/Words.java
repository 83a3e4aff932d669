package io.twinflow.engine.cli.display;

import java.time.Duration;
import java.util.Locale;

/** Times, sizes and names the way people read them. */
public final class Words {

  private Words() {}

  /** {@code 0.42 s}, {@code 12.3 s}, {@code 2 min 05 s}, {@code 1 h 02 min}, {@code 3 d 4 h}. */
  public static String duration(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 9_995) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }
    if (millis < 59_950) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long seconds = (millis + 500) / 1000;
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    long minutes = seconds / 60;
    if (minutes < 24 * 60) {
      return String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
    }
    return String.format(Locale.ROOT, "%d d %d h", minutes / 1440, minutes % 1440 / 60);
  }

  /** Decimal units, as disks are sold: {@code 812 B}, {@code 1.2 MB}. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB", "PB"};
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  /** {@code 1 step}, {@code 3 steps}. */
  public static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }

  /** At most {@code width} characters; the middle goes, because ends tell names apart. */
  public static String fit(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    if (width <= 1) {
      return width <= 0 ? "" : "…";
    }
    int tail = (width - 1) / 2;
    int head = width - 1 - tail;
    return text.substring(0, head) + "…" + text.substring(text.length() - tail);
  }

  /** Nothing from a tool's output may steer the terminal. */
  public static String harmless(String text) {
    return text.chars()
        .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
