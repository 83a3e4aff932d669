package io.twinflow.engine.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes the caller from {@code Authorization: Bearer …} (RFC 6750). */
final class TokenFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final Tokens tokens;
  private final FailedCalls failed;

  TokenFilter(Tokens tokens, FailedCalls failed) {
    this.tokens = tokens;
    this.failed = failed;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      Optional<Caller> caller = tokens.caller(header.substring(SCHEME.length()).strip());
      caller.ifPresent(TokenFilter::remember);
      if (caller.isEmpty()) {
        keepBack(failed.another(request.getRemoteAddr(), System.nanoTime()));
      }
    }
    chain.doFilter(request, response);
  }

  /** The thread is a virtual one: keeping an answer back costs nothing else. */
  private static void keepBack(Duration time) throws InterruptedIOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
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
