package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.SiteException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class VersionsTest {

  private static final Submission WHAT =
      new Submission(
          "name", "name/0", "#!/bin/sh\n", "/shared/b", "/shared/b/%s.log", 0, 3, 1, 2, 512, 1, 5);

  private static String chosen(String... offered) throws SiteException {
    return Versions.choose(openapi(offered), "hpc").version();
  }

  private static JsonNode openapi(String... offered) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode paths = document.putObject("paths");
    for (String version : offered) {
      paths.putObject("/slurm/" + version + "/ping/");
      paths.putObject("/slurm/" + version + "/jobs");
    }
    return document;
  }

  @Test
  void takesTheNewestThatItKnows() throws Exception {
    assertThat(chosen("v0.0.36", "v0.0.37", "v0.0.38")).isEqualTo("v0.0.38");
    assertThat(chosen("v0.0.38", "v0.0.39", "v0.0.40")).isEqualTo("v0.0.40");
    assertThat(chosen("v0.0.43", "v0.0.44", "v0.0.45", "v0.0.46")).isEqualTo("v0.0.45");
  }

  @Test
  void namesWhatIsOfferedWhenItKnowsNone() {
    assertThatThrownBy(() -> chosen("v0.0.46", "v0.0.47"))
        .isInstanceOf(SiteException.class)
        .hasMessageContainingAll("hpc", "v0.0.46, v0.0.47", "v0.0.38", "v0.0.45");
    assertThatThrownBy(() -> chosen())
        .isInstanceOf(SiteException.class)
        .hasMessageContaining("no version of /slurm");
  }

  @Test
  void saysTheSameInTheWordsOfEach() throws Exception {
    SlurmOptions.Jobs jobs =
        new SlurmOptions.Jobs(
            "gpu",
            "twin",
            "normal",
            "a100",
            "fluent:2",
            2,
            1001,
            "volta",
            null,
            Map.of("reservation", "r"));
    JsonNode old =
        Versions.choose(openapi("v0.0.38"), "hpc")
            .submission(WHAT, Map.of("TWINFLOW_FIRST", "1"), jobs)
            .path("job");
    JsonNode later =
        Versions.choose(openapi("v0.0.43"), "hpc")
            .submission(WHAT, Map.of("TWINFLOW_FIRST", "1"), jobs)
            .path("job");
    for (JsonNode job : List.of(old, later)) {
      assertThat(job.path("array").asString()).isEqualTo("0-2%2");
      assertThat(job.path("partition").asString()).isEqualTo("gpu");
      assertThat(job.path("account").asString()).isEqualTo("twin");
      assertThat(job.path("qos").asString()).isEqualTo("normal");
      assertThat(job.path("constraints").asString()).isEqualTo("a100");
      assertThat(job.path("comment").asString()).isEqualTo("name/0");
      assertThat(job.path("licenses").asString()).isEqualTo("fluent:2");
      assertThat(job.path("reservation").asString()).isEqualTo("r");
      assertThat(job.path("standard_error").asString()).isEqualTo("/shared/b/%A_%a.log");
      assertThat(job.path("environment").toString()).contains("TWINFLOW_FIRST", "1");
    }
    assertThat(old.path("environment").isObject()).isTrue();
    assertThat(old.path("memory_per_node").asLong()).isEqualTo(512);
    assertThat(old.path("time_limit").asInt()).isEqualTo(5);
    assertThat(old.path("gres").asString()).isEqualTo("gpu:volta:1");
    assertThat(later.path("environment").isArray()).isTrue();
    assertThat(later.path("memory_per_node").path("number").asLong()).isEqualTo(512);
    assertThat(later.path("time_limit").path("set").asBoolean()).isTrue();
    assertThat(later.path("tres_per_node").asString()).isEqualTo("gres/gpu:volta:1");
  }

  @Test
  void readsStatesAsTextAndAsFlags() throws Exception {
    Dialect later = Versions.choose(openapi("v0.0.40"), "hpc");
    JsonNode answer =
        JsonMapper.builder()
            .build()
            .readTree(
                """
                {"jobs": [
                  {"job_id": 7, "comment": "a/0", "job_state": ["CANCELLED", "COMPLETING"],
                   "array_job_id": {"set": true, "number": 0}, "state_reason": "None",
                   "time_limit": {"set": true, "infinite": false, "number": 90}},
                  {"job_id": 9, "comment": "b/0", "job_state": "PENDING", "state_reason": "Priority",
                   "array_job_id": 8, "array_task_id": {"set": true, "number": 1}}]}
                """);
    assertThat(later.jobs(answer))
        .containsExactly(
            new Job(7, "a/0", false, null, "COMPLETING", "", "", null, 90),
            new Job(8, "b/0", true, 1, "PENDING", "Priority", "", null, null));
  }
}
