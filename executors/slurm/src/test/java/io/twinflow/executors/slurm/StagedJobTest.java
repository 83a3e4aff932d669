package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import io.twinflow.executors.testing.MapPlace;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StagedJobTest {

  private static final int MAX_ARG_STRLEN = 128 << 10;

  private final Path root = Path.of("/scratch/of all nodes");
  private final RemoteTasks tasks =
      RemoteTasks.of(
          new Exchange(
              new MapPlace(),
              URI.create("http://engine:1/tickets"),
              "nobody can guess this, can they?",
              AttemptKey::value),
          "hpc",
          root,
          new Containers.OfScript(null));
  private final StagedJob job = new StagedJob(tasks, root);

  private static AttemptKey key(int task) {
    // As long as keys can be.
    return new AttemptKey("installation", "r01234567890123456789", 100_000 + task, 10);
  }

  private static List<AttemptKey> most() {
    List<AttemptKey> all = new ArrayList<>();
    for (int i = 0; i < StagedJob.MOST; i++) {
      all.add(key(i));
    }
    return all;
  }

  /** What the script knows before anything is fetched. */
  private List<String> told(Map<String, String> environment, Map<String, String> slurm)
      throws Exception {
    String script = job.script(new ResourceRequest(1, 1, 0, 0, 0, 1));
    assertThat(script).endsWith(RemoteTasks.script());
    String start = script.substring(0, script.length() - RemoteTasks.script().length());
    ProcessBuilder shell =
        new ProcessBuilder(
            "sh",
            "-c",
            start
                + "printf '%s\\n' \"$TWINFLOW_FOLDER\" \"$TWINFLOW_TICKET\" \"$TWINFLOW_TOKEN\""
                + " \"$TWINFLOW_SITE_ID\" $#; env | grep -c TWINFLOW; trap - EXIT");
    shell.environment().clear();
    shell.environment().put("PATH", "/usr/bin:/bin");
    shell.environment().putAll(environment);
    shell.environment().putAll(slurm);
    Process process = shell.redirectErrorStream(true).start();
    try (var said = process.inputReader(StandardCharsets.UTF_8)) {
      return said.lines().toList();
    }
  }

  private List<String> expected(int task, String siteId) {
    return List.of(
        tasks.folder(key(task)).path().toString(),
        "http://engine:1/tickets/hpc/" + key(task).value(),
        tasks.token(key(task)),
        siteId,
        "0",
        "0");
  }

  @Test
  void eachTaskOfTheLargestArrayFindsItsOwn() throws Exception {
    Map<String, String> environment = job.environment(most());
    assertThat(environment.values())
        .allSatisfy(value -> assertThat(value.length()).isLessThan(MAX_ARG_STRLEN));
    for (int index : List.of(0, 499, 500, StagedJob.MOST - 1)) {
      Map<String, String> slurm =
          Map.of(
              "SLURM_JOB_ID", "99",
              "SLURM_ARRAY_JOB_ID", "12",
              "SLURM_ARRAY_TASK_ID", Integer.toString(index));
      assertThat(told(environment, slurm)).isEqualTo(expected(index, "12_" + index));
    }
  }

  @Test
  void aJobThatIsNoArrayFindsItsOwn() throws Exception {
    assertThat(told(job.environment(List.of(key(7))), Map.of("SLURM_JOB_ID", "99")))
        .isEqualTo(expected(7, "99"));
  }

  @Test
  void theScriptIsTheSameForAllAndHoldsNoToken() {
    String script = job.script(new ResourceRequest(1, 1, 0, 0, 0, 1));
    assertThat(script).doesNotContain(tasks.token(key(1))).doesNotContain(key(1).run());
    assertThat(job.script(new ResourceRequest(1, 1, 0, 0, 2, 1))).contains("/surroundings");
    assertThat(script).doesNotContain("CUDA|");
  }
}
