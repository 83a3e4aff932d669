package io.twinflow.executors.api.settings;

import io.twinflow.executors.api.settings.Setting.Written;
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
 * The fields of something that is configured, asked for one by one by whom they are for. Each
 * question says what it expects; {@link #end} refuses what nobody asked for. For one thread.
 */
public final class Settings {

  private static final Pattern TIME = Pattern.compile("([0-9]+)\\s*(ms|s|m|min|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMGT])i?B?");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final double KIBI = 1024;
  private static final double MEBI = KIBI * KIBI;

  private final String name;
  private final String path;
  private final String place;
  private final Map<String, Setting> fields;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<Settings> sections = new ArrayList<>();

  private Settings(String name, String path, Map<String, Setting> fields, String place) {
    this.name = name;
    this.path = path;
    this.fields = fields;
    this.place = place;
  }

  /**
   * Of one of several that have names, as a site is one of {@code sites}.
   *
   * @param group under which it stands
   * @param place where it was written
   */
  public static Settings of(String group, String name, Map<String, Setting> fields, String place) {
    return new Settings(name, group + "." + name, fields, place);
  }

  /** Of a document as a whole. */
  public static Settings whole(Map<String, Setting> fields, String place) {
    return new Settings("", "", fields, place);
  }

  /** Of the one thing of its kind, as in {@code mail}. */
  public static Settings only(String name, Map<String, Setting> fields, String place) {
    return new Settings(name, name, fields, place);
  }

  private String named(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /** Of the one that is configured; empty for a document as a whole. */
  public String name() {
    return name;
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
  public InvalidSettingException wrong(String field, String expected) {
    Setting setting = fields.get(field);
    return setting == null
        ? new InvalidSettingException(
            "%s: %s is missing: expected %s".formatted(place, named(field), expected))
        : new InvalidSettingException(
            "%s: %s: expected %s, found %s"
                .formatted(setting.place(), named(field), expected, setting.found()));
  }

  private interface Reading<T> {
    T of(String text);
  }

  private <T> Optional<T> read(String field, String expected, Reading<T> reading)
      throws InvalidSettingException {
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
  public Optional<String> text(String field, String expected) throws InvalidSettingException {
    return read(field, expected, text -> text);
  }

  public String required(String field, String expected) throws InvalidSettingException {
    return text(field, expected).orElseThrow(() -> wrong(field, expected));
  }

  /** An address that begins with http:// or https://. */
  public Optional<URI> address(String field) throws InvalidSettingException {
    return read(field, "an address such as https://site.example.org:6820", Settings::http);
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
  public Optional<Path> folder(String field) throws InvalidSettingException {
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

  public Optional<Integer> count(String field, int least) throws InvalidSettingException {
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
  public Optional<Double> amount(String field) throws InvalidSettingException {
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
  public Optional<Duration> time(String field) throws InvalidSettingException {
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

  /** The same, and at least a second. */
  public Optional<Duration> timeFromOneSecond(String field) throws InvalidSettingException {
    Optional<Duration> time = time(field);
    if (time.isPresent() && time.get().toSeconds() < 1) {
      throw wrong(field, "a time from 1s on");
    }
    return time;
  }

  /** In mebibytes; written as in 512M, 8G. */
  public Optional<Long> mebibytes(String field) throws InvalidSettingException {
    return read(field, "a size such as 512M or 8G", text -> Math.round(size(text) / MEBI));
  }

  /** In bytes; written as in 4096, 10K, 512M. */
  public Optional<Long> bytes(String field) throws InvalidSettingException {
    return read(
        field,
        "a number of bytes, or a size such as 10K or 512M",
        text -> NUMBER.matcher(text).matches() ? Long.parseLong(text) : Math.round(size(text)));
  }

  private static double size(String text) {
    Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT).replace("IB", "B"));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    double unit =
        switch (matcher.group(2)) {
          case "K" -> KIBI;
          case "G" -> MEBI * KIBI;
          case "T" -> MEBI * MEBI;
          default -> MEBI;
        };
    return Double.parseDouble(matcher.group(1)) * unit;
  }

  public boolean isTrue(String field, boolean otherwise) throws InvalidSettingException {
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
      throws InvalidSettingException {
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
  public List<String> texts(String field, String expected) throws InvalidSettingException {
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
            throw new InvalidSettingException(
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
  public Map<String, String> table(String field, String expected) throws InvalidSettingException {
    Optional<Settings> section = section(field, expected);
    Map<String, String> table = new LinkedHashMap<>();
    if (section.isPresent()) {
      for (String name : section.get().names()) {
        table.put(name, section.get().required(name, expected));
      }
    }
    return table;
  }

  /** What stands below a field, for somebody else to ask about; empty if it is missing. */
  public Map<String, Setting> fields(String field, String expected) throws InvalidSettingException {
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
  public Optional<Settings> section(String field, String expected) throws InvalidSettingException {
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
  public List<Settings> list(String field, String expected) throws InvalidSettingException {
    Optional<Setting> setting = ask(field);
    if (setting.isEmpty()) {
      return List.of();
    }
    if (!(setting.get().written() instanceof Written.Items(List<Setting> items))) {
      throw wrong(field, expected);
    }
    List<Settings> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Setting item = items.get(i);
      if (!(item.written() instanceof Written.Fields(Map<String, Setting> below))) {
        throw new InvalidSettingException(
            "%s: %s[%d]: expected %s, found %s"
                .formatted(item.place(), named(field), i, expected, item.found()));
      }
      all.add(below("%s[%d]".formatted(named(field), i), below, item.place()));
    }
    return all;
  }

  private Settings below(String path, Map<String, Setting> below, String where) {
    Settings section = new Settings(name, path, below, where);
    sections.add(section);
    return section;
  }

  /**
   * Call it when everything was asked.
   *
   * @throws InvalidSettingException that names a field which means nothing here
   */
  public void end() throws InvalidSettingException {
    for (Map.Entry<String, Setting> field : fields.entrySet()) {
      if (!asked.contains(field.getKey())) {
        throw new InvalidSettingException(
            "%s: %s means nothing here: expected one of %s"
                .formatted(
                    field.getValue().place(), named(field.getKey()), String.join(", ", asked)));
      }
    }
    for (Settings section : sections) {
      section.end();
    }
  }
}
