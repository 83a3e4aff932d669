package io.twinflow.executors.api.site;

import io.twinflow.executors.api.site.Setting.Written;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of one site, asked for one by one by the executor that they are for. Each question
 * says what it expects; {@link #end} refuses what nobody asked for. For one thread.
 */
public final class SiteSettings {

  private static final Pattern TIME = Pattern.compile("([0-9]+)\\s*(ms|s|m|min|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMGT])i?B?");

  private final String site;
  private final String path;
  private final String place;
  private final Map<String, Setting> fields;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<SiteSettings> sections = new ArrayList<>();

  /**
   * @param site its name
   * @param fields of the site, by name
   * @param place where the site was written
   */
  public SiteSettings(String site, Map<String, Setting> fields, String place) {
    this(site, "sites." + site, fields, place);
  }

  /** Of a configuration as a whole. */
  public static SiteSettings whole(Map<String, Setting> fields, String place) {
    return new SiteSettings("", "", fields, place);
  }

  private String named(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private SiteSettings(String site, String path, Map<String, Setting> fields, String place) {
    this.site = site;
    this.path = path;
    this.fields = fields;
    this.place = place;
  }

  /** The site's name. */
  public String site() {
    return site;
  }

  public boolean has(String field) {
    return fields.containsKey(field);
  }

  /** The names of all fields, asked for or not. */
  public Set<String> names() {
    return fields.keySet();
  }

  private Optional<Setting> ask(String field) {
    asked.add(field);
    return Optional.ofNullable(fields.get(field));
  }

  /** A refusal of a field, where it stands. */
  public InvalidSiteException wrong(String field, String expected) {
    Setting setting = fields.get(field);
    return setting == null
        ? new InvalidSiteException(
            "%s: %s is missing: expected %s".formatted(place, named(field), expected))
        : new InvalidSiteException(
            "%s: %s: expected %s, found %s"
                .formatted(setting.place(), named(field), expected, setting.found()));
  }

  private interface Reading<T> {
    T of(String text);
  }

  private <T> Optional<T> read(String field, String expected, Reading<T> reading)
      throws InvalidSiteException {
    Optional<Setting> setting = ask(field);
    if (setting.isEmpty()) {
      return Optional.empty();
    }
    if (setting.get().written() instanceof Written.Text(String text) && !text.isBlank()) {
      try {
        return Optional.of(reading.of(text.strip()));
      } catch (IllegalArgumentException e) {
        throw wrong(field, expected);
      }
    }
    throw wrong(field, expected);
  }

  /**
   * @param expected in a person's words, as in "the name of a partition"
   */
  public Optional<String> text(String field, String expected) throws InvalidSiteException {
    return read(field, expected, text -> text);
  }

  public String required(String field, String expected) throws InvalidSiteException {
    return text(field, expected).orElseThrow(() -> wrong(field, expected));
  }

  /** An address that begins with http:// or https://. */
  public Optional<URI> address(String field) throws InvalidSiteException {
    return read(field, "an address such as https://site.example.org:6820", SiteSettings::http);
  }

  private static URI http(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
        throw new IllegalArgumentException(text);
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** An absolute path. */
  public Optional<Path> folder(String field) throws InvalidSiteException {
    return read(
        field,
        "an absolute path",
        text -> {
          try {
            Path folder = Path.of(text);
            if (!folder.isAbsolute()) {
              throw new IllegalArgumentException(text);
            }
            return folder.normalize();
          } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e);
          }
        });
  }

  public Optional<Integer> count(String field, int least) throws InvalidSiteException {
    return read(
        field,
        "a whole number from %d on".formatted(least),
        text -> {
          int number = Integer.parseInt(text);
          if (number < least) {
            throw new IllegalArgumentException(text);
          }
          return number;
        });
  }

  /** A number that is not negative, as in 0.25. */
  public Optional<Double> amount(String field) throws InvalidSiteException {
    return read(
        field,
        "a number that is not negative",
        text -> {
          double number = new BigDecimal(text).doubleValue();
          if (number < 0) {
            throw new IllegalArgumentException(text);
          }
          return number;
        });
  }

  /** As in 500ms, 15s, 20m, 12h, 7d. */
  public Optional<Duration> time(String field) throws InvalidSiteException {
    return read(
        field,
        "a time such as 15s, 20m or 12h",
        text -> {
          Matcher matcher = TIME.matcher(text);
          if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
          }
          long number = Long.parseLong(matcher.group(1));
          return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMinutes(number);
          };
        });
  }

  /** In mebibytes; written as in 512M, 8G. */
  public Optional<Long> mebibytes(String field) throws InvalidSiteException {
    return read(
        field,
        "a size such as 512M or 8G",
        text -> {
          Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT).replace("IB", "B"));
          if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
          }
          double factor =
              switch (matcher.group(2)) {
                case "K" -> 1 / 1024.0;
                case "G" -> 1024;
                case "T" -> 1024 * 1024;
                default -> 1;
              };
          return Math.round(Double.parseDouble(matcher.group(1)) * factor);
        });
  }

  public boolean isTrue(String field, boolean otherwise) throws InvalidSiteException {
    return read(
            field,
            "true or false",
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "true", "yes", "on" -> true;
                  case "false", "no", "off" -> false;
                  default -> throw new IllegalArgumentException(text);
                })
        .orElse(otherwise);
  }

  public <E extends Enum<E>> Optional<E> choice(String field, Class<E> choices)
      throws InvalidSiteException {
    List<String> words = new ArrayList<>();
    for (E choice : choices.getEnumConstants()) {
      words.add(choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return read(
        field,
        "one of " + String.join(", ", words),
        text -> Enum.valueOf(choices, text.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /** A list of texts, or one text; empty if it is missing. */
  public List<String> texts(String field, String expected) throws InvalidSiteException {
    Optional<Setting> setting = ask(field);
    if (setting.isEmpty()) {
      return List.of();
    }
    return switch (setting.get().written()) {
      case Written.Text(String text) -> List.of(text);
      case Written.Items(List<Setting> items) -> {
        List<String> texts = new ArrayList<>();
        for (Setting item : items) {
          if (!(item.written() instanceof Written.Text(String text))) {
            throw new InvalidSiteException(
                "%s: %s: expected %s, found %s"
                    .formatted(item.place(), named(field), expected, item.found()));
          }
          texts.add(text);
        }
        yield texts;
      }
      case Written.Fields _ -> throw wrong(field, expected);
    };
  }

  /** Texts by name, in the order they were written; empty if it is missing. */
  public Map<String, String> table(String field, String expected) throws InvalidSiteException {
    Optional<SiteSettings> section = section(field, expected);
    Map<String, String> table = new LinkedHashMap<>();
    if (section.isPresent()) {
      for (String name : section.get().names()) {
        table.put(name, section.get().required(name, expected));
      }
    }
    return table;
  }

  /** What stands below a field, for somebody else to ask about; empty if it is missing. */
  public Map<String, Setting> fields(String field, String expected) throws InvalidSiteException {
    Optional<Setting> setting = ask(field);
    if (setting.isEmpty()) {
      return Map.of();
    }
    if (!(setting.get().written() instanceof Written.Fields(Map<String, Setting> below))) {
      throw wrong(field, expected);
    }
    return below;
  }

  /** Fields below a field; {@link #end} looks at them too. */
  public Optional<SiteSettings> section(String field, String expected) throws InvalidSiteException {
    Optional<Setting> setting = ask(field);
    if (setting.isEmpty()) {
      return Optional.empty();
    }
    if (!(setting.get().written() instanceof Written.Fields(Map<String, Setting> below))) {
      throw wrong(field, expected);
    }
    return Optional.of(below(named(field), below, setting.get().place()));
  }

  /** A list of sections, as in tolerations; empty if it is missing. */
  public List<SiteSettings> list(String field, String expected) throws InvalidSiteException {
    Optional<Setting> setting = ask(field);
    if (setting.isEmpty()) {
      return List.of();
    }
    if (!(setting.get().written() instanceof Written.Items(List<Setting> items))) {
      throw wrong(field, expected);
    }
    List<SiteSettings> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Setting item = items.get(i);
      if (!(item.written() instanceof Written.Fields(Map<String, Setting> below))) {
        throw new InvalidSiteException(
            "%s: %s[%d]: expected %s, found %s"
                .formatted(item.place(), named(field), i, expected, item.found()));
      }
      all.add(below("%s[%d]".formatted(named(field), i), below, item.place()));
    }
    return all;
  }

  private SiteSettings below(String name, Map<String, Setting> below, String where) {
    SiteSettings section = new SiteSettings(site, name, below, where);
    sections.add(section);
    return section;
  }

  /**
   * Call it when everything was asked.
   *
   * @throws InvalidSiteException that names a field which means nothing here
   */
  public void end() throws InvalidSiteException {
    for (Map.Entry<String, Setting> field : fields.entrySet()) {
      if (!asked.contains(field.getKey())) {
        throw new InvalidSiteException(
            "%s: %s means nothing here: expected one of %s"
                .formatted(
                    field.getValue().place(), named(field.getKey()), String.join(", ", asked)));
      }
    }
    for (SiteSettings section : sections) {
      section.end();
    }
  }
}
