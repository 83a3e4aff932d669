package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What becomes of a run, in the states and times of WES; each test sees only its own runs. */
@ExtendWith(SharedServer.Shared.class)
final class WesStatesIT {

  private static final String WES = "/ga4gh/wes/v1";

  /**
   * The second step waits for the first, so a run that is paused meanwhile has something to hold.
   */
  private static final String STEPS =
      """
      cwlVersion: v1.2
      class: Workflow
      inputs: {seconds: string}
      outputs: []
      steps:
        first:
          in: {seconds: seconds}
          out: [done]
          run:
            class: CommandLineTool
            baseCommand: sleep
            inputs: {seconds: {type: string, inputBinding: {}}}
            outputs: {done: stdout}
        second:
          in: {seconds: seconds, before: first/done}
          out: [done]
          run:
            class: CommandLineTool
            baseCommand: sleep
            inputs: {seconds: {type: string, inputBinding: {}}, before: File}
            outputs: {done: stdout}
      """;

  private static final String TOO_SLOW =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      requirements: {ToolTimeLimit: {timelimit: 1}}
      baseCommand: [sleep, '60']
      inputs: []
      outputs: []
      """;

  private final TestServer shared;
  private TestServer server;
  private String subject = "";

  WesStatesIT(SharedServer shared) {
    this.shared = shared.server();
    this.server = this.shared;
  }

  @BeforeEach
  void somebodyNew() throws Exception {
    subject = "wes-" + System.nanoTime();
    server = shared.as(subject);
  }

  private String submit(String workflow, String params) throws Exception {
    FormBody form =
        new FormBody()
            .text("workflow_type", "CWL")
            .text("workflow_type_version", "v1.2")
            .text("workflow_url", "flow.cwl")
            .text("workflow_params", params)
            .text("workflow_engine_parameters", "{\"use_cache\": \"false\", \"priority\": \"-1\"}")
            .file("workflow_attachment", "flow.cwl", workflow);
    HttpResponse<String> answer = server.send(form.to(server.to(WES + "/runs")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.JSON.readTree(answer.body()).get("run_id").asString();
  }

  private void awaitState(String run, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(state(run)).isEqualTo(state));
  }

  private String state(String run) throws Exception {
    return server.json(WES + "/runs/" + run + "/status").get("state").asString();
  }

  private void ask(String path) throws Exception {
    HttpResponse<String> answer = server.send(server.to(path).POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isIn(200, 202);
  }

  private JsonNode counts() throws Exception {
    return server.json(WES + "/service-info").get("system_state_counts");
  }

  @Test
  void aRunIsPausedGoesOnAndIsCancelledAsOftenAsSomebodyAsks() throws Exception {
    String run = submit(STEPS, "{\"seconds\": \"2\"}");
    awaitState(run, "RUNNING");
    ask("/api/v1/runs/" + run + "/pause");
    awaitState(run, "PAUSED");
    assertThat(counts().get("PAUSED").asInt()).isEqualTo(1);
    ask("/api/v1/runs/" + run + "/resume");
    awaitState(run, "RUNNING");
    List<String> seen = new ArrayList<>();
    ask(WES + "/runs/" + run + "/cancel");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          seen.add(state(run));
          return seen.getLast().equals("CANCELED");
        });
    assertThat(seen).isSubsetOf("RUNNING", "CANCELING", "CANCELED");
    ask(WES + "/runs/" + run + "/cancel");
    assertThat(state(run)).isEqualTo("CANCELED");
    assertThat(counts().get("CANCELED").asInt()).isEqualTo(1);
  }

  @Test
  void whatAToolNeededAndDidNotGetIsASystemError() throws Exception {
    String run = submit(TOO_SLOW, "{}");
    awaitState(run, "SYSTEM_ERROR");
    JsonNode log = server.json(WES + "/runs/" + run);
    assertThat(log.get("state").asString()).isEqualTo("SYSTEM_ERROR");
    assertThat(log.at("/run_log/system_logs").toString()).contains("time");
    assertThat(server.json(WES + "/runs").at("/runs/0/state").asString()).isEqualTo("SYSTEM_ERROR");
  }

  @Test
  void aRunStartsWhenItsTurnComes() throws Exception {
    limit("{\"runs\": 0}");
    String run = submit(STEPS, "{\"seconds\": \"0\"}");
    awaitState(run, "QUEUED");
    assertThat(server.json(WES + "/runs").at("/runs/0").has("start_time")).isFalse();
    assertThat(server.json(WES + "/runs/" + run).get("run_log").has("start_time")).isFalse();
    assertThat(counts().get("QUEUED").asInt()).isEqualTo(1);
    Instant freed = Instant.now();
    limit("{}");
    awaitState(run, "COMPLETE");
    JsonNode summary = server.json(WES + "/runs").at("/runs/0");
    assertThat(Instant.parse(summary.get("start_time").asString()))
        .isBetween(freed.minusSeconds(1), Instant.parse(summary.get("end_time").asString()));
    assertThat(counts()).hasToString("{\"COMPLETE\":1}");
  }

  /** Of the caller's runs. */
  private void limit(String bounds) throws Exception {
    HttpResponse<String> answer =
        shared.send(
            shared
                .to("/api/v1/limits/subject/" + subject)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(bounds)));
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
  }
}
