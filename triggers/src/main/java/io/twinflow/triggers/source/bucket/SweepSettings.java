package io.twinflow.triggers.source.bucket;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Source;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code sweep:} of a source. */
public final class SweepSettings {

  private static final String FIELD = "sweep";
  private static final String BUCKET = "bucket";
  private static final String EVERY = "every";
  private static final String FROM = "from";
  private static final Duration EACH = Duration.ofMinutes(10);

  /** Where notifications come, they come soon. */
  private static final Duration SETTLE = Duration.ofMinutes(1);

  private SweepSettings() {}

  /** Null if it is missing. */
  public static @Nullable Sweep of(Settings settings, Source source, Buckets buckets)
      throws InvalidSettingException {
    Optional<Settings> section =
        settings.section(FIELD, "a section with bucket: s3://[SITE@]BUCKET[/PREFIX]");
    if (source instanceof BucketSource whole) {
      SweepOptions options =
          options(
              section.orElse(Settings.of("sources", settings.name(), Map.of(), "")),
              whole.settle());
      return sweep(settings, whole.bucket(), options, source);
    }
    if (section.isEmpty()) {
      return null;
    }
    SweepOptions options = options(section.get(), SETTLE);
    return sweep(settings, bucket(section.get(), buckets), options, source);
  }

  private static Sweep sweep(
      Settings settings, Bucket bucket, SweepOptions options, Source source) {
    return new Sweep(
        settings.name(), bucket, options, () -> source.state().since(), Clock.systemUTC());
  }

  /** {@code bucket:} of a section. */
  static Bucket bucket(Settings section, Buckets buckets) throws InvalidSettingException {
    String expected = "s3://[SITE@]BUCKET[/PREFIX]";
    String place = section.required(BUCKET, expected);
    try {
      return buckets.open(place);
    } catch (IOException e) {
      throw section.wrong(BUCKET, "%s (%s)".formatted(expected, e.getMessage()));
    }
  }

  private static SweepOptions options(Settings section, Duration settle)
      throws InvalidSettingException {
    Duration every = section.timeFromOneSecond(EVERY).orElse(EACH);
    return new SweepOptions(every, section.time("settle").orElse(settle), from(section));
  }

  private static @Nullable Instant from(Settings section) throws InvalidSettingException {
    String expected = "a moment such as 2026-11-21T00:00:00Z";
    Optional<String> written = section.text(FROM, expected);
    try {
      return written.map(Instant::parse).orElse(null);
    } catch (DateTimeParseException e) {
      throw section.wrong(FROM, expected);
    }
  }
}
