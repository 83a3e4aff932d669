package io.twinflow.triggers.rule;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several events into one run, which starts at the first of: so many events, so long after the
 * first of them, so long after the last; or when certain ones have come.
 *
 * @param by whose value tells which events belong together; null if all do
 * @param each whose value tells which of {@code all} an event is; null if none is waited for
 * @param all what it waits for; then {@code within} is how long
 */
public record Collect(
    @Nullable ExpressionText by,
    int count,
    @Nullable Duration within,
    @Nullable Duration quiet,
    @Nullable ExpressionText each,
    List<String> all) {

  /** Of {@code collect:}, for messages. */
  static final String FIELDS = "fields: by, count, within, quiet, each, all";

  public Collect {
    all = List.copyOf(all);
  }

  static final int MOST = 10_000;

  static Collect of(Settings settings, @Nullable ExpressionText by, @Nullable ExpressionText each)
      throws InvalidSettingException {
    Optional<Integer> count = settings.count("count", 1);
    Optional<Duration> within = settings.time("within");
    Optional<Duration> quiet = settings.time("quiet");
    if (count.orElse(1) > MOST) {
      throw settings.wrong("count", "at most %d".formatted(MOST));
    }
    List<String> all = all(settings, each);
    if (!all.isEmpty()) {
      for (String field : List.of("count", "quiet")) {
        if (settings.has(field)) {
          throw settings.wrong(field, "no %s, as it starts when all have come".formatted(field));
        }
      }
      return new Collect(by, MOST, within.orElse(null), null, each, all);
    }
    if (count.isEmpty() && within.isEmpty() && quiet.isEmpty()) {
      throw settings.wrong("count", "at least one of count, within, quiet and all");
    }
    return new Collect(by, count.orElse(MOST), within.orElse(null), quiet.orElse(null), null, all);
  }

  private static List<String> all(Settings settings, @Nullable ExpressionText each)
      throws InvalidSettingException {
    List<String> all = settings.texts("all", "a list of what it waits for");
    if (new HashSet<>(all).size() < all.size()) {
      throw settings.wrong("all", "each but once");
    }
    if (all.size() > MOST) {
      throw settings.wrong("all", "at most %d".formatted(MOST));
    }
    if (all.isEmpty() != (each == null)) {
      throw settings.wrong(
          all.isEmpty() ? "all" : "each",
          "both: all is the list of what it waits for, each a reference that says which of them an event is");
    }
    return all;
  }
}
