package io.twinflow.engine.core.site;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.ExecutorType;
import io.twinflow.executors.api.site.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Makes the executors that a configuration names. Asks no site. */
public final class OpenSites {

  /** The site that needs no configuration: the machine of the engine. */
  public static final String LOCAL = "local";

  private static final String NAME = "[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?";

  private final Executor local;
  private final Surroundings surroundings;
  private final boolean trusting;
  private final Map<String, ExecutorType> types = new TreeMap<>();

  /**
   * @param local where tasks run on this machine; called {@value #LOCAL}
   * @param trusting whether tools may run at sites without a container, whatever they are
   */
  public OpenSites(Executor local, Surroundings surroundings, boolean trusting) {
    this.local = local;
    this.surroundings = surroundings;
    this.trusting = trusting;
  }

  /**
   * The sites of a configuration and this machine; where it is not named it stands first. Whoever
   * asks closes all of them but {@code local}.
   *
   * @param sites fields of {@code sites:} by the site's name
   */
  public List<ConfiguredSites.Entry> of(Map<String, Setting> sites) throws InvalidSettingException {
    if (!sites.isEmpty()) {
      ServiceLoader.load(ExecutorType.class).forEach(type -> types.put(type.name(), type));
    }
    Map<String, ConfiguredSites.Entry> entries = new LinkedHashMap<>();
    if (!sites.containsKey(LOCAL)) {
      entries.put(LOCAL, new ConfiguredSites.Entry(local, SiteTerms.NONE));
    }
    try {
      for (Map.Entry<String, Setting> site : sites.entrySet()) {
        entries.put(site.getKey(), open(site.getKey(), site.getValue()));
      }
    } catch (InvalidSettingException | RuntimeException e) {
      close(entries.values().stream().map(ConfiguredSites.Entry::executor).toList());
      throw e;
    }
    return List.copyOf(entries.values());
  }

  private void close(List<Executor> opened) {
    opened.stream().filter(executor -> !executor.equals(local)).forEach(Executor::close);
  }

  private ConfiguredSites.Entry open(String name, Setting setting) throws InvalidSettingException {
    if (!name.matches(NAME)) {
      throw new InvalidSettingException(
          "%s: the site '%s': expected a name of at most 32 small letters, digits and hyphens"
              .formatted(setting.place(), name));
    }
    if (!(setting.written() instanceof Setting.Written.Fields(Map<String, Setting> fields))) {
      throw new InvalidSettingException(
          "%s: sites.%s: expected fields, with type: one of %s"
              .formatted(setting.place(), name, known()));
    }
    Settings settings = Settings.of("sites", name, fields, setting.place());
    SiteTerms terms = terms(settings);
    if (name.equals(LOCAL)) {
      if (!settings.text("type", LOCAL).orElse(LOCAL).equals(LOCAL)) {
        throw settings.wrong("type", LOCAL);
      }
      settings.end();
      return new ConfiguredSites.Entry(local, terms);
    }
    ExecutorType type =
        Optional.ofNullable(types.get(settings.required("type", "one of " + known())))
            .orElseThrow(() -> settings.wrong("type", "one of " + known()));
    Executor executor = type.open(settings, surroundings);
    try {
      settings.end();
    } catch (InvalidSettingException e) {
      executor.close();
      throw e;
    }
    return new ConfiguredSites.Entry(executor, terms);
  }

  private String known() {
    return types.isEmpty()
        ? "none: there are no other kinds here"
        : String.join(", ", types.keySet());
  }

  private enum Use {
    ANY,
    ASKED
  }

  private SiteTerms terms(Settings settings) throws InvalidSettingException {
    List<String> reaches = new ArrayList<>();
    for (String place : settings.texts("reaches", "folders and addresses, as in /shared")) {
      reaches.add(
          place.length() > 1 && place.endsWith("/")
              ? place.substring(0, place.length() - 1)
              : place);
    }
    return new SiteTerms(
        settings.count("atOnce", 1).orElse(Integer.MAX_VALUE),
        settings.time("queueTimeout"),
        settings.amount("cost").orElse(0.0),
        reaches,
        settings.choice("use", Use.class).orElse(Use.ANY) == Use.ASKED,
        !settings.isTrue("allowUnsandboxed", trusting) && !settings.name().equals(LOCAL),
        Raise.of(settings));
  }
}
