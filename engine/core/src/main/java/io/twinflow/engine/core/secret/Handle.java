package io.twinflow.engine.core.secret;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a secret wherever a text may be kept or shown: {@code (secret-…)} with 128 random
 * bits. Inside a word that is quoted for a shell it is written {@code (secret-…-quoted)}, so that
 * the text which takes its place is quoted too.
 */
public final class Handle {

  private static final String START = "(secret-";
  private static final Pattern PATTERN = Pattern.compile("\\(secret-([0-9a-f]{32})(-quoted)?\\)");
  private static final int BYTES = 16;
  private static final String SHOWN = "***";

  private Handle() {}

  static String fresh() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return START + HexFormat.of().formatHex(bytes) + ")";
  }

  /** Whether a handle stands anywhere in a text. */
  public static boolean isIn(String text) {
    return text.contains(START) && PATTERN.matcher(text).find();
  }

  /** As it may be shown to people. */
  public static String masked(String text) {
    return replaced(text, found -> SHOWN);
  }

  /** For text that will stand between single quotes of a POSIX shell. */
  public static String inQuotes(String text) {
    return replaced(text, found -> START + found.group(1) + "-quoted)");
  }

  /**
   * @param secret null for a handle that is not known, which is then left as it is
   */
  static String revealed(String text, Function<String, @Nullable String> secret) {
    return replaced(
        text,
        found -> {
          String known = secret.apply(START + found.group(1) + ")");
          if (known == null) {
            return found.group();
          }
          return found.group(2) == null ? known : known.replace("'", "'\"'\"'");
        });
  }

  private static String replaced(String text, Function<MatchResult, String> other) {
    return text.contains(START)
        ? PATTERN.matcher(text).replaceAll(found -> Matcher.quoteReplacement(other.apply(found)))
        : text;
  }
}
