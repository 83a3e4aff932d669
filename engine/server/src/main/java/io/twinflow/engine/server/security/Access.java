package io.twinflow.engine.server.security;

import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.engine.server.errors.WriteError;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import tools.jackson.databind.json.JsonMapper;

/** Every call but health needs a token. */
@Configuration(proxyBeanMethods = false)
class Access {

  private static final long AUDIT_BYTES = 16L << 20;

  @Bean
  FailedCalls failedCalls() {
    return new FailedCalls();
  }

  @Bean
  SecurityFilterChain chain(
      HttpSecurity http,
      Tokens tokens,
      FailedCalls failed,
      DataFolder folder,
      JsonMapper json,
      WriteError error)
      throws Exception {
    AuditLog audit = new AuditLog(folder.folder().resolve("audit.log"), AUDIT_BYTES);
    return http.csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(new TokenFilter(tokens, failed), AuthorizationFilter.class)
        .addFilterAfter(new AuditFilter(audit, json), TokenFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(
                    DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.INCLUDE)
                .permitAll()
                .requestMatchers(
                    "/health",
                    "/health/**",
                    "/ga4gh/wes/v1/auth-instructions",
                    "/api/v1/docs",
                    "/api/v1/swagger-ui/**",
                    "/api/v1/openapi.json",
                    "/api/v1/openapi.json/**")
                .permitAll()
                // What sources push, with their secrets.
                .requestMatchers(HttpMethod.POST, "/api/v1/sources/*/events")
                .permitAll()
                // Attempts elsewhere, which have tokens of their own.
                .requestMatchers(
                    HttpMethod.POST, "/api/v1/tickets/**", TokenFilter.CALLBACKS + "**")
                .permitAll()
                // Their files, by URLs that are signed.
                .requestMatchers("/api/v1/exchange/**")
                .permitAll()
                .anyRequest()
                .authenticated())
        .exceptionHandling(errors ->
            errors.authenticationEntryPoint((request, response, e) -> {
              response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(request));
              error.write(
                  request,
                  response,
                  HttpStatus.UNAUTHORIZED,
                  "This needs a token: Authorization: Bearer TOKEN. The first one was shown when the server was first started.");
            }))
        .build();
  }

  /** A browser asks its person only for what it knows. */
  private static String challenge(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    boolean page =
        request.getMethod().equals("GET") && accept != null && accept.startsWith("text/html");
    return page
        ? "Basic realm=\"Twinflow: any name, and your token as the password\", charset=\"UTF-8\""
        : "Bearer";
  }
}
