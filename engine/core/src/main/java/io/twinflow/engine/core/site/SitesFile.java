package io.twinflow.engine.core.site;

import io.twinflow.engine.core.settings.SettingsDocument;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an administrator wrote in {@code twinflow.yaml}: the sites, how tasks are placed, how files
 * come to sites without a shared folder, and for a server from where it takes events, which secrets
 * it keeps by name, and by whom it sends mail.
 *
 * @param sites fields of {@code sites:} by the site's name, in their order
 * @param sources the same of {@code sources:}
 * @param secrets the same of {@code secrets:}
 * @param mail what stands below {@code mail:}
 */
public record SitesFile(
    Map<String, Setting> sites,
    SitePolicy placement,
    Optional<ExchangeSettings> exchange,
    Map<String, Setting> sources,
    Map<String, Setting> secrets,
    Optional<Settings> mail) {

  /** The name of the file, where it is looked for. */
  public static final String FILE = "twinflow.yaml";

  public static final SitesFile EMPTY =
      new SitesFile(
          Map.of(), SitePolicy.FIRST, Optional.empty(), Map.of(), Map.of(), Optional.empty());

  /**
   * @throws InvalidSettingException that names file:line:column of what cannot be used
   */
  public static SitesFile read(Path file) throws IOException, InvalidSettingException {
    Map<String, Setting> fields = fields(file);
    Settings top = Settings.whole(fields, file + ":1:1");
    Optional<Settings> exchange =
        top.section("exchange", "fields: url, and for the command store and listen");
    SitesFile configuration =
        new SitesFile(
            top.fields("sites", "sites by their names"),
            top.choice("placement", SitePolicy.class).orElse(SitePolicy.FIRST),
            exchange.isEmpty()
                ? Optional.empty()
                : Optional.of(ExchangeSettings.of(exchange.get())),
            top.fields("sources", "sources of events by their names"),
            top.fields("secrets", "secrets by their names"),
            mail(top, file));
    top.end();
    return configuration;
  }

  /** Asked about by whom it is for, who also looks whether something means nothing there. */
  private static Optional<Settings> mail(Settings top, Path file) throws InvalidSettingException {
    Map<String, Setting> mail = top.fields("mail", "fields: host, from, for and to");
    return mail.isEmpty()
        ? Optional.empty()
        : Optional.of(Settings.only("mail", mail, file.toString()));
  }

  private static Map<String, Setting> fields(Path file)
      throws IOException, InvalidSettingException {
    String text = Files.readString(file);
    if (text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
      return Map.of();
    }
    return SettingsDocument.fields(
        SettingsDocument.read(text, file.toString(), "fields such as sites:"));
  }

  /** Opens what it names; see {@link OpenSites#of}. */
  public ConfiguredSites open(OpenSites opening) throws InvalidSettingException {
    List<ConfiguredSites.Entry> entries = opening.of(sites);
    return new ConfiguredSites(entries, placement);
  }
}
