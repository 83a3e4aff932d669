package io.twinflow.engine.server.security;

import io.twinflow.engine.server.boot.DataFolder;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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
  SecurityFilterChain chain(HttpSecurity http, Tokens tokens, DataFolder folder, JsonMapper json)
      throws Exception {
    FailedCalls failed = new FailedCalls();
    AuditLog audit = new AuditLog(folder.folder().resolve("audit.log"), AUDIT_BYTES);
    return http.csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(new TokenFilter(tokens, failed), AuthorizationFilter.class)
        .addFilterAfter(new AuditFilter(audit, json), TokenFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(
                    "/health",
                    "/health/**",
                    "/api/v1/docs",
                    "/api/v1/swagger-ui/**",
                    "/api/v1/openapi.json",
                    "/api/v1/openapi.json/**")
                .permitAll()
                .anyRequest()
                .authenticated())
        .exceptionHandling(errors ->
            errors.authenticationEntryPoint((request, response, e) -> {
              response.setStatus(HttpStatus.UNAUTHORIZED.value());
              response.setHeader("WWW-Authenticate", "Bearer");
              response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
              response
                  .getWriter()
                  .write(
                      """
                      {"type":"about:blank","title":"Unauthorized","status":401,\
                      "detail":"This needs a token: Authorization: Bearer TOKEN. The first one was shown when the server was first started."}
                      """);
            }))
        .build();
  }
}
