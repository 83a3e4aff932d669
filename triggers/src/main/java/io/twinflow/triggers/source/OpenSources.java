package io.twinflow.triggers.source;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the sources of a configuration; none of them receives yet. */
public final class OpenSources {

  private static final String NAME = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";

  private final SourceTypes types;

  public OpenSources(SourceTypes types) {
    this.types = types;
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
      opened.forEach(each -> each.source().close());
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
    Format format = settings.choice("format", Format.class).orElse(Format.CLOUDEVENTS);
    String contentType =
        settings.text("contentType", "a media type such as application/json").orElse(null);
    List<String> subjects = settings.texts("for", "subjects whose triggers it is for, or everyone");
    SourceType type =
        types
            .find(settings.required("type", "one of " + known))
            .orElseThrow(() -> settings.wrong("type", "one of " + known));
    for (String field : List.of("format", "contentType")) {
      if (type.makesEvents() && settings.has(field)) {
        throw settings.wrong(
            field, "no %s, as a %s makes its events itself".formatted(field, type.name()));
      }
    }
    Source source = type.open(settings);
    try {
      settings.end();
    } catch (InvalidSettingException e) {
      source.close();
      throw e;
    }
    return new ConfiguredSource(name, source, format, contentType, subjects);
  }
}
