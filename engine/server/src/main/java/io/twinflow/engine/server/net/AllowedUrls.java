package io.twinflow.engine.server.net;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Places that an administrator names: hosts, or beginnings of URLs. */
public final class AllowedUrls {

  private final List<Rule> rules;

  /**
   * @param option where they were written, for messages
   * @param texts {@code host}, {@code host:port} or the beginning of an http(s) URL
   * @throws IllegalArgumentException if one is none of these
   */
  public AllowedUrls(String option, List<String> texts) {
    rules = texts.stream().map(text -> Rule.of(option, text)).toList();
  }

  public boolean contain(URI url) {
    return rules.stream().anyMatch(rule -> rule.matches(url));
  }

  /** The port that a URL means. */
  static int port(URI url) {
    int port = url.getPort();
    return port >= 0 ? port : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }

  /**
   * @param scheme null for both
   * @param port -1 for any
   * @param path without the slash at its end; empty for any
   */
  private record Rule(@Nullable String scheme, String host, int port, String path) {

    static Rule of(String option, String text) {
      boolean whole = text.contains("://");
      URI url = URI.create(whole ? text : "http://" + text);
      String host = url.getHost();
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
        throw new IllegalArgumentException(
            "%s %s: expected http://HOST[:PORT][/PATH], https://… or HOST[:PORT]"
                .formatted(option, text));
      }
      String path = url.getPath() == null ? "" : url.getPath();
      String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      return whole
          ? new Rule(scheme, host, AllowedUrls.port(url), bare)
          : new Rule(null, host, url.getPort(), bare);
    }

    boolean matches(URI url) {
      if (scheme != null && !scheme.equalsIgnoreCase(url.getScheme())) {
        return false;
      }
      return host.equalsIgnoreCase(url.getHost())
          && (port < 0 || port == AllowedUrls.port(url))
          && isBelow(url.normalize().getPath());
    }

    private boolean isBelow(@Nullable String other) {
      String there = other == null ? "" : other;
      if (path.isEmpty()) {
        return true;
      }
      // What a normalized path still has of these would be resolved by the other server.
      return (there.equals(path) || there.startsWith(path + "/"))
          && !(there + "/").contains("/../");
    }
  }
}
