package io.twinflow.triggers.source.push;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A body that is signed with the secret, which then is not shown itself: HMAC-SHA-256, as GitHub,
 * Gitea and Forgejo send it.
 */
final class Signature {

  private static final String PREFIX = "sha256=";
  private static final String ALGORITHM = "HmacSHA256";

  /** Names of headers in small letters. */
  private static final List<String> HEADERS =
      List.of(
          "x-hub-signature-256", "x-gitea-signature", "x-forgejo-signature", "x-gogs-signature");

  private Signature() {}

  static boolean isBy(String secret, Map<String, String> headers, byte[] body) {
    List<byte[]> shown =
        HEADERS.stream()
            .flatMap(header -> Stream.ofNullable(headers.get(header)))
            .flatMap(value -> digits(value).stream())
            .toList();
    if (shown.isEmpty() || secret.isEmpty()) {
      return false;
    }
    byte[] expected = of(secret, body);
    return shown.stream().filter(each -> MessageDigest.isEqual(each, expected)).count() > 0;
  }

  private static List<byte[]> digits(String value) {
    String text = value.strip();
    try {
      return List.of(
          HexFormat.of()
              .parseHex(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static byte[] of(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
