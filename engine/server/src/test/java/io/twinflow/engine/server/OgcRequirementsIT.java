package io.twinflow.engine.server;

import static io.twinflow.engine.server.OgcService.CORE_ERRORS;
import static io.twinflow.engine.server.OgcService.assertException;
import static io.twinflow.engine.server.OgcService.body;
import static io.twinflow.engine.server.OgcService.header;
import static io.twinflow.engine.server.OgcService.job;
import static io.twinflow.engine.server.OgcService.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;

/**
 * What there is to find, requirement by requirement as Part 1 names them (classes core, json, html,
 * oas30, ogc-process-description, job-list), for where the OGC's own suite ({@link OgcSuiteIT}) is
 * not at hand or has no test. {@link Promises} looks at every answer's schema besides.
 */
@ExtendWith(OgcService.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OgcRequirementsIT {

  private static final String REL = "http://www.opengis.net/def/rel/ogc/1.0/";
  private static final List<String> PAGES =
      List.of("/ogc", "/ogc/conformance", "/ogc/api", "/ogc/processes", "/ogc/jobs");

  private final OgcService ogc;
  private String job = "";

  OgcRequirementsIT(OgcService ogc) {
    this.ogc = ogc;
  }

  @BeforeAll
  void somethingIsThere() throws Exception {
    ogc.deployMirror();
    String inputs = "{\"inputs\": {\"stringInput\": \"a\"}}";
    job = job(ogc.execute("mirror", inputs, "Prefer", "respond-async"));
    ogc.awaitStatus(job, "successful");
  }

  private static Stream<DynamicTest> all(Object... checks) {
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < checks.length; i += 2) {
      tests.add(dynamicTest((String) checks[i], (Executable) checks[i + 1]));
    }
    return tests.stream();
  }

  private static Executable that(Executable check) {
    return check;
  }

  private static List<String> hrefs(JsonNode page, String rel) {
    List<String> hrefs = new ArrayList<>();
    for (JsonNode link : page.get("links")) {
      if (link.get("rel").asString().equals(rel)) {
        hrefs.add(path(link.get("href").asString()));
      }
    }
    return hrefs;
  }

  private HttpResponse<String> html(String path) throws Exception {
    return ogc.send("GET", path, "text/plain", "", "Accept", "text/html");
  }

  @TestFactory
  Stream<DynamicTest> core() {
    return all(
        "/req/core/landingpage-op, landingpage-success",
        that(() -> {
          JsonNode page = ogc.json("/ogc");
          assertThat(hrefs(page, "service-desc")).isNotEmpty();
          assertThat(hrefs(page, REL + "conformance")).containsExactly("/ogc/conformance");
          assertThat(hrefs(page, REL + "processes")).containsExactly("/ogc/processes");
        }),
        "/req/core/api-definition-op, api-definition-success",
        that(() -> {
          for (String rel : List.of("service-desc", "service-doc")) {
            for (String href : hrefs(ogc.json("/ogc"), rel)) {
              assertThat(ogc.get(href).statusCode()).as(href).isEqualTo(200);
            }
          }
        }),
        "/req/core/conformance-op, conformance-success",
        that(() ->
            assertThat(ogc.json("/ogc/conformance").get("conformsTo").valueStream())
                .extracting(JsonNode::asString)
                .map(name -> name.replaceAll(".*/conf/", ""))
                .contains("core", "json", "html", "oas30", "ogc-process-description")
                .contains("job-list", "callback", "dismiss")
                .contains("deploy-replace-undeploy", "ogcapppkg", "cwl")),
        "/req/core/pl-limit-definition, pl-limit-response, pl-links",
        that(() -> {
          JsonNode page = ogc.json("/ogc/processes?limit=1");
          assertThat(page.get("processes").size()).isEqualTo(1);
          assertThat(hrefs(page, "self")).hasSize(1);
          assertThat(hrefs(page, "alternate")).hasSize(1);
          assertThat(ogc.json(hrefs(page, "next").getFirst()).at("/processes/0/id"))
              .isNotEqualTo(page.at("/processes/0/id"));
          assertThat(ogc.json("/ogc/processes").get("processes").size()).isLessThanOrEqualTo(10);
        }),
        "/req/core/process-description, process-description-success",
        that(() -> {
          for (JsonNode process : ogc.json("/ogc/processes?limit=100").get("processes")) {
            String self = hrefs(process, "self").getFirst();
            assertThat(ogc.json(self).get("id")).isEqualTo(process.get("id"));
          }
        }),
        "/req/core/process-exception/no-such-process",
        that(() ->
            assertException(ogc.get("/ogc/processes/no"), 404, CORE_ERRORS + "no-such-process")),
        "/req/core/job, job-success",
        that(() -> {
          JsonNode status = ogc.json(job);
          Instant created = Instant.parse(status.get("created").asString());
          Instant started = Instant.parse(status.get("started").asString());
          Instant finished = Instant.parse(status.get("finished").asString());
          assertThat(started).isBetween(created, finished);
          assertThat(hrefs(status, REL + "results")).containsExactly(job + "/results");
        }),
        "/req/core/job-exception-no-such-job, job-results-exception/no-such-job",
        that(() -> {
          for (String what : List.of("", "/results", "/results/a")) {
            assertException(ogc.get("/ogc/jobs/no" + what), 404, CORE_ERRORS + "no-such-job");
          }
        }));
  }

  @TestFactory
  Stream<DynamicTest> forms() {
    return all(
        "/req/json/definition",
        that(() -> {
          for (String path :
              List.of("/ogc", "/ogc/conformance", "/ogc/processes", "/ogc/processes/mirror", job)) {
            assertThat(header(ogc.get(path), "Content-Type"))
                .as(path)
                .isEqualTo("application/json");
          }
        }),
        "/req/html/definition",
        that(() -> {
          List<String> paths = new ArrayList<>(PAGES);
          paths.addAll(List.of("/ogc/processes/mirror", job, job + "/results"));
          for (String path : paths) {
            assertThat(header(html(path), "Content-Type")).as(path).startsWith("text/html");
            assertThat(html(path).body()).as(path).startsWith("<!doctype html>");
          }
        }),
        "/req/html/content",
        that(() -> {
          for (String path : List.of("/ogc", "/ogc/processes/mirror", job)) {
            String page = html(path).body();
            for (JsonNode link : ogc.json(path).get("links")) {
              String href = link.get("href").asString().replace("&", "&amp;");
              assertThat(page).as(path).contains("<a href=\"" + href + "\"");
            }
          }
          assertThat(html("/ogc/processes/mirror").body())
              .contains("Gives back what it is given.", "stringInput", "minOccurs");
        }),
        "/req/oas30/oas-definition-1, oas-definition-2",
        that(() -> {
          HttpResponse<String> answer = ogc.get("/ogc/api");
          assertThat(header(answer, "Content-Type"))
              .isEqualTo("application/vnd.oai.openapi+json;version=3.0");
          assertThat(body(answer).get("openapi").asString()).startsWith("3.0.");
        }),
        "/req/oas30/completeness, exceptions-codes: what a status is, is looked at in every test",
        that(() ->
            ogc.json("/ogc/api")
                .get("paths")
                .forEach(path ->
                    path.forEach(operation ->
                        assertThat(operation.get("responses").propertyNames())
                            .contains("401", "405", "500", "503")))),
        "/req/oas30/oas-impl",
        that(() -> {
          for (String template : ogc.json("/ogc/api").get("paths").propertyNames()) {
            String path =
                template
                    .replace("{processID}", "mirror")
                    .replace("/jobs/{jobID}", job.substring("/ogc".length()))
                    .replace("{outputID}", "stringInput");
            assertThat(ogc.get("/ogc" + path).statusCode())
                .as(path)
                .isEqualTo(path.endsWith("/execution") ? 405 : 200);
          }
        }),
        "/req/oas30/security",
        that(() ->
            assertThat(ogc.json("/ogc/api").at("/components/securitySchemes/token/scheme"))
                .hasToString("\"bearer\"")));
  }

  @TestFactory
  Stream<DynamicTest> ogcProcessDescription() {
    return all(
        "/req/ogc-process-description/json-encoding, inputs-def, input-def",
        that(() -> {
          JsonNode inputs = ogc.json("/ogc/processes/mirror").get("inputs");
          assertThat(inputs.at("/stringInput/schema/type").asString()).isEqualTo("string");
          assertThat(inputs.at("/stringInput/minOccurs").asInt()).isEqualTo(1);
          assertThat(inputs.at("/doubleInput/minOccurs").asInt(-1)).isZero();
          assertThat(inputs.at("/arrayInput/maxOccurs").asString()).isEqualTo("unbounded");
          assertThat(inputs.at("/arrayInput/schema/items/format").asString()).isEqualTo("double");
          assertThat(inputs.at("/bboxInput/schema/allOf/0/format").asString())
              .isEqualTo("ogc-bbox");
          assertThat(inputs.at("/pause/schema/default").asDouble(-1)).isZero();
        }),
        "/req/ogc-process-description/input-mixed-type",
        that(() -> {
          JsonNode inputs = ogc.json("/ogc/processes/mirror").get("inputs");
          assertThat(inputs.at("/imageInput/schema/oneOf").size()).isEqualTo(2);
          assertThat(inputs.at("/imageInput/schema/oneOf/0/contentMediaType").asString())
              .startsWith("image/");
          assertThat(inputs.at("/mixedInput/schema/oneOf").size()).isEqualTo(2);
        }),
        "/req/ogc-process-description/outputs-def, output-def, output-mixed-type",
        that(() -> {
          JsonNode outputs = ogc.json("/ogc/processes/mirror").get("outputs");
          outputs.forEach(output -> assertThat(output.has("schema")).isTrue());
          assertThat(outputs.at("/mixedInput/schema/oneOf").size()).isEqualTo(2);
          assertThat(outputs.at("/arrayInput/schema/items/type").asString()).isEqualTo("array");
        }));
  }

  @TestFactory
  Stream<DynamicTest> jobList() {
    return all(
        "/req/job-list/*-definition",
        that(() -> {
          Set<String> names = new HashSet<>();
          ogc.json("/ogc/api")
              .at("/paths/~1jobs/get/parameters")
              .forEach(parameter -> names.add(parameter.path("name").asString("")));
          assertThat(names)
              .contains("type", "processID", "status", "datetime")
              .contains("minDuration", "maxDuration", "limit");
        }),
        "/req/job-list/links, limit-response",
        that(() -> {
          JsonNode page = ogc.json("/ogc/jobs?limit=1");
          assertThat(page.get("jobs").size()).isEqualTo(1);
          assertThat(hrefs(page, "self")).hasSize(1);
          assertThat(hrefs(page, "alternate")).hasSize(1);
        }),
        "/req/job-list/type-response, processID-mandatory, processid-response, status-response",
        that(() -> {
          JsonNode found = ogc.json("/ogc/jobs?type=process&processID=mirror&status=successful");
          assertThat(found.get("jobs").size()).isPositive();
          for (JsonNode one : found.get("jobs")) {
            assertThat(one.get("processID").asString()).isEqualTo("mirror");
            assertThat(one.get("status").asString()).isEqualTo("successful");
          }
        }),
        "/req/job-list/datetime-response",
        that(() -> {
          String created = ogc.json(job).get("created").asString();
          assertThat(ogc.json("/ogc/jobs?datetime=" + created).toString()).contains(created);
          assertThat(ogc.json("/ogc/jobs?datetime=../2020-01-01").get("jobs").size()).isZero();
        }),
        "/req/job-list/duration-response: of what began, from when it was started",
        that(() -> {
          JsonNode found = ogc.json("/ogc/jobs?minDuration=0&maxDuration=3600&limit=1000");
          assertThat(found.get("jobs").size()).isPositive();
          found.get("jobs").forEach(one -> assertThat(one.has("started")).isTrue());
        }));
  }
}
