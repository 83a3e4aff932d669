package io.twinflow.engine.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Writes down who changed what: every call that may change something, whatever came of it. */
final class AuditFilter extends OncePerRequestFilter {

  private static final Set<String> ONLY_READ = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Pattern RUN = Pattern.compile("/(?:runs|jobs)/([^/?]+)");

  private final AuditLog log;
  private final JsonMapper json;

  AuditFilter(AuditLog log, JsonMapper json) {
    this.log = log;
    this.json = json;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return ONLY_READ.contains(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    boolean answered = false;
    try {
      chain.doFilter(request, response);
      answered = true;
    } finally {
      if (who != null && who.getPrincipal() instanceof Caller caller) {
        log.write(line(caller, request, response, answered));
      }
    }
  }

  private String line(
      Caller caller, HttpServletRequest request, HttpServletResponse response, boolean answered) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("time", Instant.now().toString());
    fields.put("tenant", caller.tenant());
    fields.put("subject", caller.subject());
    fields.put("token", caller.token());
    fields.put("from", request.getRemoteAddr());
    fields.put("method", request.getMethod());
    fields.put("path", request.getRequestURI());
    String made = Audited.run(request);
    fields.put(
        "run",
        made != null
            ? made
            : run(request.getRequestURI(), response.getHeader(HttpHeaders.LOCATION)));
    fields.put("status", answered ? response.getStatus() : 500);
    return json.writeValueAsString(fields);
  }

  private static @Nullable String run(String path, @Nullable String made) {
    for (String text : new String[] {made == null ? "" : made, path}) {
      Matcher run = RUN.matcher(text);
      if (run.find()) {
        return run.group(1);
      }
    }
    return null;
  }
}
