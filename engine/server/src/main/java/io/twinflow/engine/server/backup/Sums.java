package io.twinflow.engine.server.backup;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/** The digests of all files of a backup, as {@code sha256sum --check} reads them. */
final class Sums {

  static final String NAME = "SHA256SUMS";
  private static final String GAP = "  ";
  private static final int HEX = 64;

  private final Map<String, String> sums = new TreeMap<>();

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void add(String name, String sha256) {
    sums.put(name, sha256);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sha256) -> text.append(line(name, sha256)));
    return text.toString();
  }

  private static String line(String name, String sha256) {
    String escaped = name.replace("\\", "\\\\").replace("\n", "\\n");
    return (escaped.equals(name) ? "" : "\\") + sha256 + GAP + escaped + "\n";
  }

  /**
   * @param text as it was written
   * @throws IOException if a file is missing, was added or changed
   */
  void mustBe(String text) throws IOException {
    Map<String, String> listed = read(text);
    for (Map.Entry<String, String> expected : listed.entrySet()) {
      String found = sums.get(expected.getKey());
      if (found == null) {
        throw new IOException("the backup is damaged: %s is missing".formatted(expected.getKey()));
      }
      if (!found.equals(expected.getValue())) {
        throw new IOException(
            "the backup is damaged: %s has the SHA-256 %s and should have %s"
                .formatted(expected.getKey(), found, expected.getValue()));
      }
    }
    for (String name : sums.keySet()) {
      if (!listed.containsKey(name)) {
        throw new IOException(
            "the backup is damaged: %s is not in its list of digests".formatted(name));
      }
    }
  }

  private static Map<String, String> read(String text) throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (String line : text.lines().toList()) {
      boolean escaped = line.startsWith("\\");
      String bare = escaped ? line.substring(1) : line;
      if (bare.length() < HEX + GAP.length()) {
        throw new IOException("the backup is damaged: its list of digests has a line " + line);
      }
      String name = bare.substring(HEX + GAP.length());
      listed.put(escaped ? unescape(name) : name, bare.substring(0, HEX));
    }
    return listed;
  }

  private static String unescape(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' && i + 1 < name.length()) {
        i++;
        text.append(name.charAt(i) == 'n' ? '\n' : name.charAt(i));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
