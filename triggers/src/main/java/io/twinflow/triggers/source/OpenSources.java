package io.twinflow.triggers.source;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.bucket.Buckets;
import io.twinflow.triggers.source.bucket.Sweep;
import io.twinflow.triggers.source.bucket.SweepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the sources of a configuration; none of them receives yet. */
public final class OpenSources {

  private static final String NAME = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";

  private static final String FORMAT = "format";
  private static final String SWEEP = "sweep";

  private final SourceTypes types;
  private final Buckets buckets;

  /**
   * @param buckets that can be listed
   */
  public OpenSources(SourceTypes types, Buckets buckets) {
    this.types = types;
    this.buckets = buckets;
  }

  /**
   * @param sources fields of {@code sources:} by the source's name
   * @throws InvalidSettingException that names file:line:column of what cannot be used
   */
  public List<ConfiguredSource> of(Map<String, Setting> sources) throws InvalidSettingException {
    List<ConfiguredSource> opened = new ArrayList<>();
    try {
      for (Map.Entry<String, Setting> source : sources.entrySet()) {
        opened.add(open(source.getKey(), source.getValue()));
      }
    } catch (InvalidSettingException | RuntimeException e) {
      opened.forEach(ConfiguredSource::close);
      throw e;
    }
    return opened;
  }

  private ConfiguredSource open(String name, Setting setting) throws InvalidSettingException {
    if (!name.matches(NAME)) {
      throw new InvalidSettingException(
          "%s: the source '%s': expected a name of at most 32 small letters, digits and hyphens"
              .formatted(setting.place(), name));
    }
    String known = String.join(", ", types.names());
    if (!(setting.written() instanceof Setting.Written.Fields(Map<String, Setting> fields))) {
      throw new InvalidSettingException(
          "%s: sources.%s: expected fields, with type: one of %s"
              .formatted(setting.place(), name, known));
    }
    Settings settings = Settings.of("sources", name, fields, setting.place());
    String contentType =
        settings.text("contentType", "a media type such as application/json").orElse(null);
    List<String> subjects = settings.texts("for", "subjects whose triggers it is for, or everyone");
    SourceType type =
        types
            .find(settings.required("type", "one of " + known))
            .orElseThrow(() -> settings.wrong("type", "one of " + known));
    Format format = settings.choice(FORMAT, Format.class).orElse(type.usualFormat());
    if (format != Format.S3 && settings.has(SWEEP)) {
      throw settings.wrong(SWEEP, "format: s3 beside it, as notifications of a bucket have it");
    }
    for (String field : List.of(FORMAT, "contentType")) {
      if (type.makesEvents() && settings.has(field)) {
        throw settings.wrong(
            field, "no %s, as a %s makes its events itself".formatted(field, type.name()));
      }
    }
    Source source = type.open(settings);
    Sweep sweep = null;
    try {
      sweep = SweepSettings.of(settings, source, buckets);
      settings.end();
    } catch (InvalidSettingException e) {
      source.close();
      if (sweep != null) {
        sweep.close();
      }
      throw e;
    }
    return new ConfiguredSource(name, source, format, contentType, sweep, subjects);
  }
}
