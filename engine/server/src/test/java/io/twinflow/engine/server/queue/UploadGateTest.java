package io.twinflow.engine.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinflow.engine.core.FailureException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class UploadGateTest {

  private final UploadGate gate =
      new UploadGate(fake(DataSource.class, Map.of()), 2, Duration.ZERO);

  private final HttpServletResponse response = fake(HttpServletResponse.class, Map.of());

  private static HttpServletRequest request(String method, String path) {
    return fake(HttpServletRequest.class, Map.of("getMethod", method, "getRequestURI", path));
  }

  /** Answers as it is told, and keeps attributes. */
  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    Map<Object, Object> attributes = new HashMap<>();
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, given) ->
                switch (method.getName()) {
                  case "getAttribute" -> attributes.get(given[0]);
                  case "setAttribute" -> attributes.put(given[0], given[1]);
                  default -> answers.get(method.getName());
                }));
  }

  private boolean enters(HttpServletRequest request) throws Exception {
    return gate.preHandle(request, response, this);
  }

  private FailureException refusal() {
    return catchThrowableOfType(
        FailureException.class, () -> enters(request("POST", "/api/v1/runs")));
  }

  @Test
  void submissions_beyond_the_bound_are_refused_for_a_moment_and_others_are_not() throws Exception {
    HttpServletRequest first = request("POST", "/api/v1/runs");
    assertThat(enters(first)).isTrue();
    assertThat(enters(request("POST", "/ga4gh/wes/v1/runs"))).isTrue();

    FailureException refused = refusal();
    assertThat(refused).hasMessageContaining("2 submissions are being received");
    RetryLater later = RetryLater.of(refused.failure()).orElseThrow();
    assertThat(later.status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(later.after()).isEqualTo(Duration.ofSeconds(2));
    assertThat(enters(request("GET", "/api/v1/runs"))).isTrue();
    assertThat(enters(request("POST", "/api/v1/runs/x/cancel"))).isTrue();

    gate.afterCompletion(first, response, this, null);
    gate.afterCompletion(first, response, this, null);
    assertThat(enters(request("POST", "/ogc/processes/p/execution"))).isTrue();
    assertThat(refusal()).as("a place is given back once").isNotNull();
  }
}
