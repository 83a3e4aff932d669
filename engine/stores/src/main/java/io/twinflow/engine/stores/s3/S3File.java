package io.twinflow.engine.stores.s3;

import io.twinflow.engine.stores.s3.S3Rules.Rule;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The object stores that the operator names, in a file like
 *
 * <pre>
 * [climate]
 * endpoint = https://s3.example.org
 * region = eu-central-1
 * access_key = …
 * secret_key = …
 * read = climate-data/era5/ shared
 * </pre>
 *
 * <p>or, for one store, in the environment: TWINFLOW_S3_ENDPOINT, TWINFLOW_S3_REGION,
 * TWINFLOW_S3_ACCESS_KEY, TWINFLOW_S3_SECRET_KEY and TWINFLOW_S3_READ. What people may read is a
 * list of buckets, each with the beginning of the names they may read.
 */
final class S3File {

  private static final Set<String> KEYS =
      Set.of("endpoint", "region", "access_key", "secret_key", "read");
  private static final String ENVIRONMENT = "TWINFLOW_S3_";

  private S3File() {}

  /** The file's sites by name. */
  static S3Sites read(Path file) throws IOException {
    onlyOwner(file);
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> section = null;
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      String where = "%s:%d".formatted(file, i + 1);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section = new HashMap<>();
        String name = line.substring(1, line.length() - 1).strip();
        if (name.isEmpty() || sections.put(name, section) != null) {
          throw new IOException(
              "%s: expected a name in brackets that no other store has".formatted(where));
        }
        continue;
      }
      int equals = line.indexOf('=');
      String key = equals < 0 ? "" : line.substring(0, equals).strip();
      // The line may hold a secret: it is not repeated.
      if (section == null || !KEYS.contains(key)) {
        throw new IOException(
            "%s: expected %s, as 'endpoint = https://…', below a [NAME]"
                .formatted(where, String.join(", ", KEYS.stream().sorted().toList())));
      }
      section.put(key, line.substring(equals + 1).strip());
    }
    return sites(sections, file.toString());
  }

  /** What the environment says; nothing if it names no endpoint. */
  static S3Sites read(Map<String, String> environment) throws IOException {
    if (!environment.containsKey(ENVIRONMENT + "ENDPOINT")) {
      return S3Sites.NONE;
    }
    Map<String, String> section = new HashMap<>();
    for (String key : KEYS) {
      String value = environment.get(ENVIRONMENT + key.toUpperCase(java.util.Locale.ROOT));
      if (value != null) {
        section.put(key, value);
      }
    }
    return sites(Map.of("environment", section), "the environment (" + ENVIRONMENT + "…)");
  }

  private static S3Sites sites(Map<String, Map<String, String>> sections, String where)
      throws IOException {
    Map<String, S3Site> sites = new LinkedHashMap<>();
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, Map<String, String>> section : sections.entrySet()) {
      S3Site site = site(section.getKey(), section.getValue(), where);
      sites.put(section.getKey(), site);
      for (String rule : section.getValue().getOrDefault("read", "").split("[\\s,]+", -1)) {
        if (!rule.isEmpty()) {
          int slash = rule.indexOf('/');
          rules.add(
              slash < 0
                  ? new Rule(site, rule, "")
                  : new Rule(site, rule.substring(0, slash), rule.substring(slash + 1)));
        }
      }
    }
    return new S3Sites(sites, rules);
  }

  private static S3Site site(String name, Map<String, String> section, String where)
      throws IOException {
    for (String key : List.of("endpoint", "access_key", "secret_key")) {
      if (section.getOrDefault(key, "").isEmpty()) {
        throw new IOException("%s: the store [%s] has no %s".formatted(where, name, key));
      }
    }
    try {
      return new S3Site(
          name,
          URI.create(section.getOrDefault("endpoint", "")),
          section.getOrDefault("region", S3Site.ANY_REGION),
          section.getOrDefault("access_key", ""),
          section.getOrDefault("secret_key", ""));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: the store [%s]: %s".formatted(where, name, e.getMessage()), e);
    }
  }

  private static void onlyOwner(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.GROUP_READ)) {
      throw new IOException(
          "%s holds secret keys and others can read it; call chmod 600 %s".formatted(file, file));
    }
  }
}
