package io.twinflow.engine.server;

import static io.twinflow.engine.server.OgcService.CORE_ERRORS;
import static io.twinflow.engine.server.OgcService.assertException;
import static io.twinflow.engine.server.OgcService.body;
import static io.twinflow.engine.server.OgcService.header;
import static io.twinflow.engine.server.OgcService.job;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Jobs, their results and their subscribers. Part 1. */
@ExtendWith(OgcService.Shared.class)
final class OgcJobsIT {

  private final OgcService ogc;

  OgcJobsIT(OgcService ogc) {
    this.ogc = ogc;
  }

  @Test
  void anAsynchronousJobIsFollowedToItsResults() throws Exception {
    HttpResponse<String> answer =
        ogc.execute(
            "report",
            "{\"inputs\": {\"texts\": [\"x\"], \"seconds\": 2}}",
            "Prefer",
            "respond-async");
    String job = job(answer);
    assertThat(header(answer, "Preference-Applied")).isEqualTo("respond-async");
    assertThat(body(answer).get("jobID")).isEqualTo(body(answer).get("id"));
    assertException(ogc.get(job + "/results"), 404, CORE_ERRORS + "result-not-ready");
    ogc.awaitStatus(job, "successful");
    JsonNode status = ogc.json(job);
    assertThat(status.get("progress").asInt()).isEqualTo(100);
    assertThat(status.get("processID").asString()).isEqualTo("report");
    assertThat(ogc.json(job + "/results").get("area").asString()).isEqualTo("none");
    assertThat(ogc.get(job + "/results/area").body()).isEqualTo("none");
    assertException(ogc.get(job + "/results/nothing"), 400, CORE_ERRORS + "no-such-output");
    assertThat(ogc.json("/api/v1/runs/" + status.get("id").asString()).get("state").asString())
        .isEqualTo("succeeded");
  }

  @Test
  void aClientThatWaitsNoLongerGetsAJobInstead() throws Exception {
    HttpResponse<String> answer =
        ogc.execute("report", "{\"inputs\": {\"texts\": [], \"seconds\": 60}}", "Prefer", "wait=1");
    String job = job(answer);
    JsonNode dismissed = body(ogc.send("DELETE", job, "text/plain", ""));
    assertThat(dismissed.get("status").asString()).isEqualTo("dismissed");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(
                    ogc.server()
                        .json("/api/v1/runs/" + dismissed.get("id").asString())
                        .get("state")
                        .asString())
                .isEqualTo("cancelled"));
    assertThat(ogc.json("/ogc/jobs?status=dismissed&limit=100").toString())
        .contains(dismissed.get("id").asString());
  }

  @Test
  void aFailedJobSaysWhatWentWrong() throws Exception {
    HttpResponse<String> answer = ogc.execute("fail", "{}");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(body(answer).get("detail").asString()).contains("3");
    String subscriber =
        "{\"subscriber\": {\"successUri\": \"%s\", \"failedUri\": \"%s\"}}"
            .formatted(ogc.outside("/not-this"), ogc.outside("/has-failed"));
    String job = job(ogc.execute("fail", subscriber, "Prefer", "respond-async"));
    ogc.awaitStatus(job, "failed");
    assertThat(ogc.get(job + "/results").statusCode()).isEqualTo(500);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(ogc.told()).containsKey("/has-failed"));
    JsonNode told = TestServer.JSON.readTree(ogc.told().get("/has-failed"));
    assertThat(told.get("status").asString()).isEqualTo("failed");
    assertThat(told.get("jobID").asString()).isEqualTo(job.substring(job.lastIndexOf('/') + 1));
    assertThat(ogc.told()).doesNotContainKey("/not-this");
  }

  @Test
  void subscribersAreToldEvenIfTheyStumble() throws Exception {
    String body =
        """
        {"inputs": {"text": "told"}, "subscriber":
         {"successUri": "%s", "inProgressUri": "%s", "failedUri": "%s"}}
        """
            .formatted(ogc.outside("/stumbles"), ogc.outside("/begun"), ogc.outside("/failed"));
    String job = job(ogc.execute("echo", body, "Prefer", "respond-async"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(ogc.calls()).containsKey("/begun").containsEntry("/stumbles", 2));
    assertThat(TestServer.JSON.readTree(ogc.told().get("/stumbles")).get("text").asString())
        .isEqualTo("told");
    assertThat(TestServer.JSON.readTree(ogc.told().get("/begun")).get("jobID").asString())
        .isEqualTo(job.substring(job.lastIndexOf('/') + 1));
    assertThat(ogc.told()).doesNotContainKey("/failed");
  }
}
