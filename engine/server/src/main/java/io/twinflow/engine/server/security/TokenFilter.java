package io.twinflow.engine.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the caller from {@code Authorization: Bearer …} (RFC 6750); from people with a browser, for
 * reading alone, also as the password of {@code Basic} (RFC 7617).
 */
final class TokenFilter extends OncePerRequestFilter {

  static final String CALLBACKS = "/api/v1/callbacks/";
  private static final Pattern PUSHED = Pattern.compile("/api/v1/sources/[^/]+/events");

  private static final String SCHEME = "Bearer ";
  private static final String BASIC = "Basic ";
  private static final Set<String> ONLY_READ = Set.of("GET", "HEAD");

  private final Tokens tokens;
  private final FailedCalls failed;

  TokenFilter(Tokens tokens, FailedCalls failed) {
    this.tokens = tokens;
    this.failed = failed;
  }

  /**
   * What a site tells of an attempt bears the attempt's token, and what a source pushes the
   * source's secret; none is a person's.
   */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.startsWith(CALLBACKS)
        || request.getMethod().equals("POST") && PUSHED.matcher(path).matches();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String token = token(request);
    if (token != null) {
      Optional<Caller> caller = tokens.caller(token);
      caller.ifPresent(TokenFilter::remember);
      if (caller.isEmpty()) {
        failed.keepBack(request.getRemoteAddr());
      }
    }
    chain.doFilter(request, response);
  }

  private static @Nullable String token(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return null;
    }
    if (header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return header.substring(SCHEME.length()).strip();
    }
    return header.regionMatches(true, 0, BASIC, 0, BASIC.length())
            && ONLY_READ.contains(request.getMethod())
        ? password(header.substring(BASIC.length()).strip())
        : null;
  }

  /**
   * A browser that asks its person for a password sends it along with whatever other pages make it
   * ask for, so it opens what is only read.
   */
  private static String password(String basic) {
    try {
      String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static void remember(Caller caller) {
    List<SimpleGrantedAuthority> may =
        caller.administrator()
            ? List.of(new SimpleGrantedAuthority("ROLE_ADMIN"))
            : List.of(new SimpleGrantedAuthority("ROLE_USER"));
    SecurityContextHolder.getContext()
        .setAuthentication(new UsernamePasswordAuthenticationToken(caller, null, may));
  }
}
