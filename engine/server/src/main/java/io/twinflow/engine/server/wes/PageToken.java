package io.twinflow.engine.server.wes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Where a page ends, as a text that clients hand back. */
final class PageToken {

  static final String END = "";
  private static final int DEFAULT_SIZE = 100;
  private static final int MOST = 1_000;

  private PageToken() {}

  static String of(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  /** Null for the first page. */
  static @Nullable String last(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "page_token: not a token of this service: " + token, e);
    }
  }

  /** More than the most is as the most: a page may always be shorter than asked. */
  static int size(@Nullable Long asked) {
    if (asked == null) {
      return DEFAULT_SIZE;
    }
    if (asked < 1) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "page_size: expected at least 1, found " + asked);
    }
    return (int) Math.min(asked, MOST);
  }
}
