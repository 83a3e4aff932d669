package io.twinflow.engine.server.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.http.HttpHeaders;

/**
 * What may be a secret in a request's head: systems that push events can each show one in some
 * place, and few in all.
 */
final class ShownSecrets {

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";
  private static final List<String> KEYS = List.of("X-Api-Key", "X-Gitlab-Token");
  private static final String PARAMETER = "secret=";

  private ShownSecrets() {}

  static List<String> of(HttpServletRequest request) {
    List<String> shown = new ArrayList<>();
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      shown.add(authorized(authorization.strip()));
    }
    for (String header : KEYS) {
      String key = request.getHeader(header);
      if (key != null) {
        shown.add(key.strip());
      }
    }
    // Not by getParameter, which would take a body that is said to be a form.
    String query = request.getQueryString();
    if (query != null) {
      for (String parameter : query.split("&", -1)) {
        if (parameter.startsWith(PARAMETER)) {
          shown.add(decoded(parameter.substring(PARAMETER.length())));
        }
      }
    }
    return shown;
  }

  /** The token of Bearer, or the password of Basic, whoever its user is. */
  private static String authorized(String header) {
    if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return header.substring(BEARER.length()).strip();
    }
    if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return header;
    }
    try {
      byte[] pair = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String text = new String(pair, StandardCharsets.UTF_8);
      return text.substring(text.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
