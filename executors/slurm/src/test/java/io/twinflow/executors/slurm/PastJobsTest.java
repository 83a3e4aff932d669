package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PastJobsTest {

  @TempDir private Path root;

  @Test
  void linesOfTheFileAreReadByTheNameOfTheBatch() throws Exception {
    BatchKey batch = new BatchKey("site", "r1", 1);
    Path file =
        Files.writeString(
            root.resolve("jobcomp"),
            """
            JobId=9 UserId=root(0) Name=other JobState=COMPLETED Partition=all ExitCode=0:0
            JobId=9 UserId=root(0) Name=%1$s JobState=NODE_FAIL Partition=all TimeLimit=UNLIMITED ExitCode=0:0
            JobId=14 Name=%1$s JobState=OUT_OF_MEMORY TimeLimit=90 ArrayJobId=12 ArrayTaskId=3 ExitCode=0:9
            """
                .formatted(batch.value()));
    AttemptKey key = new AttemptKey("site", "r1", 1, 1);
    Followed asked = new Followed(key, batch, "c/0", 3, 12, true, Instant.EPOCH);
    assertThat(new Completions(file).of(List.of(asked)))
        .containsExactly(
            new PastJob("9", batch.value(), new JobEnd("NODE_FAIL", null)),
            new PastJob("12_3", batch.value(), new JobEnd("OUT_OF_MEMORY", 90)));
  }

  @Test
  void slurmdbdSaysItInTheWordsOfBothVersions() {
    String old =
        """
        {"jobs": [{"job_id": 9, "name": "b", "array": {"job_id": 0, "task_id": null},
          "time": {"limit": 60}, "state": {"current": "TIMEOUT", "reason": "TimeLimit"}}]}
        """;
    String later =
        """
        {"jobs": [{"job_id": 14, "name": "b",
          "array": {"job_id": 12, "task_id": {"set": true, "infinite": false, "number": 3}},
          "time": {"limit": {"set": true, "infinite": true, "number": 0}},
          "state": {"current": ["CANCELLED"], "reason": "None"}}]}
        """;
    JsonMapper json = JsonMapper.builder().build();
    assertThat(new V0038().past(json.readTree(old)))
        .containsExactly(new PastJob("9", "b", new JobEnd("TIMEOUT", 60)));
    assertThat(new V0039("v0.0.43").past(json.readTree(later)))
        .containsExactly(new PastJob("12_3", "b", new JobEnd("CANCELLED", null)));
  }

  @Test
  void gpusOfANodeAreCountedWhateverTheirTypes() {
    assertThat(V0038.gpus("gpu:volta:2")).isEqualTo(2);
    assertThat(V0038.gpus("gpu:a100:4(S:0-1),gpu:2,shard:8")).isEqualTo(6);
    assertThat(V0038.gpus("")).isZero();
  }
}
