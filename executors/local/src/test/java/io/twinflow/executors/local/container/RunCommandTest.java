package io.twinflow.executors.local.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Others may read the arguments of a container engine's client. */
class RunCommandTest {

  private static final ContainerSpec IMAGE = ContainerSpec.pull("image", null);
  private static final RunCommand COMMAND =
      new RunCommand(
          new ContainerEngine("docker", Path.of("/usr/bin/docker")),
          new EngineLimits(true, true),
          "1000:1000");

  private static TaskBuilder task() {
    return new TaskBuilder(
        new AttemptKey("inst", "run", 1, 1),
        new Layout("/out", "/tmp", "/in"),
        List.of("tool"),
        IMAGE);
  }

  private static List<String> arguments(TaskSpec task) {
    return COMMAND.arguments(task, "image", List.of(), Path.of("/attempt/variables"));
  }

  @Test
  void holdNoValueOfAVariable() throws Exception {
    TaskSpec task =
        task()
            .environment("TOKEN", "plain-1\nplain-2")
            .environment("GOOGLE_KEY", "plain-3")
            .environment("HTTPS_PROXY", "http://me:plain-4@proxy")
            .build();

    assertThat(String.join(" ", arguments(task))).doesNotContain("plain");
    assertThat(arguments(task))
        .containsSequence("--env-file", "/attempt/variables")
        .containsSequence("--env", "TOKEN");
    Map<String, String> client = new HashMap<>();
    RunCommand.passValues(task, client);
    assertThat(client).containsExactly(Map.entry("TOKEN", "plain-1\nplain-2"));
    assertThat(RunCommand.forFile(task))
        .contains("GOOGLE_KEY=plain-3\n", "HTTPS_PROXY=http://me:plain-4@proxy\n")
        .doesNotContain("TOKEN", "HOME", "TMPDIR");
  }

  @Test
  void doNotHideWhereTheFoldersAre() {
    assertThat(arguments(task().build()))
        .containsSequence("--env", "HOME=/out")
        .containsSequence("--env", "TMPDIR=/tmp");
  }

  @Test
  void aVariableOfTheClientInSeveralLinesIsRefused() {
    TaskSpec task = task().environment("DOCKER_KEY", "one\ntwo").build();

    assertThatThrownBy(() -> RunCommand.forFile(task))
        .isInstanceOf(AttemptFailure.class)
        .hasMessageContaining("DOCKER_KEY")
        .hasMessageNotContaining("two");
  }
}
