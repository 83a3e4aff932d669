package io.twinflow.executors.api.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What a program wrote last to its standard error.
 *
 * @param line as it was written: it may hold secrets
 */
record LastWords(String line) {

  static final LastWords NONE = new LastWords("");

  private static final int KEPT = 4 * 1024;
  private static final int LONGEST = 300;

  /** Shorter ones stand in any sentence. */
  private static final int SHORTEST_SECRET = 6;

  /** What its name calls one. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:token|jwt|passw(?:or)?d|passphrase|secret|key)['\"]?\\s*[=:]\\s*|(?:bearer|basic)\\s+)\\S+");

  /** Web tokens, and what is too long for a word. */
  private static final Pattern LONG =
      Pattern.compile("eyJ[A-Za-z0-9._-]+|(?=\\S*[0-9])[A-Za-z0-9+/=_-]{24,}|[A-Za-z0-9+=_-]{40,}");

  /** Reads to the end, and keeps little. */
  static LastWords of(InputStream err) throws IOException {
    byte[] kept = new byte[0];
    byte[] read = new byte[KEPT];
    for (int count = err.read(read); count >= 0; count = err.read(read)) {
      byte[] all = Arrays.copyOf(kept, kept.length + count);
      System.arraycopy(read, 0, all, kept.length, count);
      kept = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT), all.length);
    }
    return new LastWords(
        new String(kept, StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
            .filter(line -> !line.isEmpty())
            .reduce("", (_, last) -> last));
  }

  /**
   * For people, to follow a sentence: without what is a secret or may be one.
   *
   * @param printed to its standard output, where tokens belong
   */
  String withoutSecrets(String printed) {
    String said = line;
    for (String word : printed.split("[\\s='\"]+", -1)) {
      said = word.length() < SHORTEST_SECRET ? said : said.replace(word, "…");
    }
    said = LONG.matcher(NAMED.matcher(said).replaceAll("$1…")).replaceAll("…");
    return said.isEmpty()
        ? ""
        : "; it said: " + (said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said);
  }
}
