package io.twinflow.engine.server;

import static io.twinflow.engine.server.OgcService.CORE_ERRORS;
import static io.twinflow.engine.server.OgcService.assertException;
import static io.twinflow.engine.server.OgcService.header;
import static io.twinflow.engine.server.OgcService.job;
import static io.twinflow.engine.server.OgcService.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What there is to find: pages, descriptions, lists of jobs. Part 1. */
@ExtendWith(OgcService.Shared.class)
final class OgcDescribeIT {

  private final OgcService ogc;

  OgcDescribeIT(OgcService ogc) {
    this.ogc = ogc;
  }

  @Test
  void everythingIsFoundFromTheLandingPage() throws Exception {
    JsonNode links = ogc.json("/ogc").get("links");
    for (JsonNode link : links) {
      HttpResponse<String> answer = ogc.get(path(link.get("href").asString()));
      assertThat(answer.statusCode()).as(link.toString()).isEqualTo(200);
    }
    assertThat(links.findValuesAsString("rel"))
        .contains("service-desc", "service-doc", "conformance")
        .anyMatch(rel -> rel.endsWith("/processes"))
        .anyMatch(rel -> rel.endsWith("/job-list"));
    assertThat(ogc.json("/ogc/conformance").toString())
        .contains("conf/core", "conf/callback", "conf/dismiss", "conf/deploy-replace-undeploy");
    assertThat(ogc.json("/ogc/api").get("openapi").asString()).startsWith("3.0");
  }

  @Test
  void aWorkflowIsDescribedByJsonSchema() throws Exception {
    JsonNode process = ogc.json("/ogc/processes/report");
    assertThat(process.get("title").asString()).isEqualTo("A report");
    assertThat(process.get("jobControlOptions").toString())
        .contains("sync-execute", "async-execute", "dismiss");
    assertThat(process.at("/inputs/texts/maxOccurs").asString()).isEqualTo("unbounded");
    assertThat(process.at("/inputs/texts/schema/contentMediaType").asString())
        .isEqualTo("text/plain");
    assertThat(process.at("/inputs/kind/schema/enum").toString())
        .isEqualTo("[\"daily\",\"weekly\"]");
    assertThat(process.at("/inputs/kind/schema/default").asString()).isEqualTo("daily");
    assertThat(process.at("/inputs/kind/minOccurs").asInt()).isZero();
    assertThat(process.at("/inputs/area/schema/required").toString())
        .isEqualTo("[\"name\",\"size\"]");
    assertThat(process.at("/outputs/area/schema/type").asString()).isEqualTo("string");
    HttpResponse<String> page =
        ogc.send("GET", "/ogc/processes/report", "text/plain", "", "Accept", "text/html");
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("<h1>report</h1>", "unbounded");
    assertThat(ogc.json("/ogc/processes?limit=1").get("links").toString()).contains("next");
  }

  @Test
  void jobsAreFilteredAndPaged() throws Exception {
    String job =
        job(ogc.execute("echo", "{\"inputs\": {\"text\": \"a\"}}", "Prefer", "respond-async"));
    ogc.awaitStatus(job, "successful");
    String id = job.substring(job.lastIndexOf('/') + 1);
    String now = ogc.json(job).get("created").asString();
    for (String filter :
        List.of(
            "processID=echo",
            "status=successful,failed",
            "type=process&maxDuration=60",
            "datetime=" + URLEncoder.encode(now + "/..", StandardCharsets.UTF_8))) {
      assertThat(ids("/ogc/jobs?limit=1000&" + filter)).as(filter).contains(id);
    }
    for (String filter :
        List.of(
            "processID=report",
            "status=running",
            "type=other",
            "minDuration=6000",
            "datetime=../2001-01-01")) {
      assertThat(ids("/ogc/jobs?limit=1000&" + filter)).as(filter).doesNotContain(id);
    }
    for (String wrong : List.of("limit=0", "status=odd", "datetime=x", "minDuration=-1")) {
      assertException(
          ogc.get("/ogc/jobs?" + wrong), 400, CORE_ERRORS + "invalid-query-parameter-value");
    }
    String next = "/ogc/jobs?limit=1";
    int pages = 0;
    while (next != null) {
      JsonNode page = ogc.json(next);
      next = null;
      for (JsonNode link : page.get("links")) {
        next = link.get("rel").asString().equals("next") ? path(link.get("href").asString()) : next;
      }
      pages++;
    }
    assertThat(pages).isGreaterThanOrEqualTo(1);
  }

  private List<String> ids(String path) throws Exception {
    return ogc.json(path).get("jobs").findValuesAsString("jobID");
  }
}
