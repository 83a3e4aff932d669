package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What each interface has promised about its answers: Twinflow's own and the OGC's by the
 * descriptions that they serve, GA4GH WES by the description that its authors published.
 */
final class Promises {

  private static final String OWN = "/api/v1";
  private static final String WES = "/ga4gh/wes/v1";
  private static final String OGC = "/ogc";

  /** What WES leaves to a service: the pages that its URLs lead to. */
  private static final Pattern FREE =
      Pattern.compile(".*/(stdout|stderr|outputs/.*|auth-instructions)");

  private static final Pattern PAGES = Pattern.compile(".*(/docs|/swagger-ui|openapi\\.json).*");

  /** Asks the server for a document. */
  interface Open {
    JsonNode json(String path) throws Exception;
  }

  private final Open open;
  private final Map<String, Described> descriptions = new ConcurrentHashMap<>();

  Promises(Open open) {
    this.open = open;
  }

  void check(String method, String path, HttpResponse<String> answer) throws Exception {
    if (path.startsWith(OWN + "/") && !PAGES.matcher(path).matches()) {
      described(OWN).check(method, path, answer);
    } else if (path.startsWith(WES + "/")) {
      wes(method, path, answer);
    } else if (path.equals(OGC) || path.startsWith(OGC + "/")) {
      described(OGC).check(method, path.equals(OGC) ? OGC + "/" : path, answer);
    }
  }

  /** Errors have one form, also those with a status that WES does not name. */
  private void wes(String method, String path, HttpResponse<String> answer) throws Exception {
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/json");
      JsonNode error = TestServer.JSON.readTree(answer.body());
      assertThat(error.propertyNames()).containsExactlyInAnyOrder("msg", "status_code");
      assertThat(error.get("msg").asString()).isNotBlank();
      assertThat(error.get("status_code").asInt()).isEqualTo(answer.statusCode());
    } else if (!FREE.matcher(path).matches()) {
      described(WES).check(method, path, answer);
    }
  }

  private Described described(String base) throws Exception {
    Described known = descriptions.get(base);
    if (known == null) {
      known =
          switch (base) {
            case OWN -> new Described(open.json(OWN + "/openapi.json"), "");
            case WES -> new Described(Published.wes(), WES);
            default -> new Described(open.json(OGC + "/api"), OGC);
          };
      descriptions.put(base, known);
    }
    return known;
  }
}
