package io.twinflow.executors.api.token;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From when to when a token holds, as far as it tells: the claims {@code iat} (or {@code nbf}) and
 * {@code exp} of a JSON Web Token (RFC 7519, section 4.1). Nothing is verified: that is the site's.
 */
record TokenLife(Optional<Instant> begin, Optional<Instant> end) {

  static final TokenLife UNKNOWN = new TokenLife(Optional.empty(), Optional.empty());

  static TokenLife of(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return UNKNOWN;
    }
    try {
      String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      Optional<Instant> begin = claim("iat", claims);
      return new TokenLife(begin.isPresent() ? begin : claim("nbf", claims), claim("exp", claims));
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  private static Optional<Instant> claim(String name, String claims) {
    Matcher matcher =
        Pattern.compile("\"" + name + "\"\\s*:\\s*([0-9]{1,12})(?:\\.[0-9]+)?\\s*[,}]")
            .matcher(claims);
    return matcher.find()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }
}
