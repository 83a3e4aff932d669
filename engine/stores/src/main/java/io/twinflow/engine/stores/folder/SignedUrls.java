package io.twinflow.engine.stores.folder;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * URLs by which anyone may do one thing with one object for some time, and nothing else: signed by
 * HMAC with SHA-256 (RFC 2104) over all that they say. Nothing about them is kept. Names are in
 * base64url (RFC 4648): what a name may hold is refused by many a server and proxy in a path.
 */
final class SignedUrls {

  private static final String ALGORITHM = "HmacSHA256";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String base;
  private final byte[] secret;
  private final Clock clock;

  /**
   * @param base ends in a slash
   */
  SignedUrls(URI base, String secret, Clock clock) {
    this.base = base.toString();
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  /**
   * What a URL allows.
   *
   * @param method of HTTP: GET or PUT
   * @param upload of which it is a part; empty for a whole object
   * @param part from 1; 0 for a whole object
   */
  record Right(String method, String name, String upload, int part) {
    static Right whole(String method, String name) {
      return new Right(method, name, "", 0);
    }

    boolean isPart() {
      return part > 0;
    }
  }

  URI sign(Right right, Duration valid) {
    long until = clock.instant().plus(valid).getEpochSecond();
    String part =
        right.isPart() ? "&upload=%s&part=%d".formatted(right.upload(), right.part()) : "";
    return URI.create(
        "%s?method=%s%s&until=%d&signature=%s"
            .formatted(
                base + BASE64.encodeToString(right.name().getBytes(StandardCharsets.UTF_8)),
                right.method(),
                part,
                until,
                signature(right, until)));
  }

  /**
   * @param path what follows the base in the URL
   * @return empty for a URL that was not made here, or whose time is over
   */
  Optional<Right> read(String method, String path, String query) {
    Map<String, String> said = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int end = pair.indexOf('=');
      said.put(end < 0 ? pair : pair.substring(0, end), pair.substring(end + 1));
    }
    try {
      Right right =
          new Right(
              method,
              new String(Base64.getUrlDecoder().decode(path), StandardCharsets.UTF_8),
              said.getOrDefault("upload", ""),
              Integer.parseInt(said.getOrDefault("part", "0")));
      long until = Long.parseLong(said.getOrDefault("until", ""));
      byte[] given = said.getOrDefault("signature", "").getBytes(StandardCharsets.UTF_8);
      byte[] expected = signature(right, until).getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(given, expected)
              && clock.instant().isBefore(Instant.ofEpochSecond(until))
          ? Optional.of(right)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String signature(Right right, long until) {
    String all =
        "file\n%s\n%s\n%d\n%d\n%s"
            .formatted(right.method(), right.upload(), right.part(), until, right.name());
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return BASE64.encodeToString(mac.doFinal(all.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
