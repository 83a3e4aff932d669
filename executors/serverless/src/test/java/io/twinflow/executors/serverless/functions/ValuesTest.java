package io.twinflow.executors.serverless.functions;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A function that is the tool gets values: whatever else a tool needs is refused, and named. */
class ValuesTest {

  private static TaskBuilder task() {
    return new TaskBuilder(
        new AttemptKey("i", "r", 1, 1),
        new Layout("/out", "/tmp", "/in"),
        List.of("mean", "1"),
        null);
  }

  private static void isRefused(TaskSpec task, String named) {
    assertThatThrownBy(() -> Values.check("fn", task))
        .isInstanceOf(AttemptFailure.class)
        .hasMessageContaining("fn")
        .hasMessageContaining(named);
  }

  @Test
  void argumentsAreValues() {
    assertThatCode(() ->
            Values.check("fn", task().stage(new Staging.MakeDirectory("/out/a", true)).build()))
        .doesNotThrowAnyException();
  }

  @Test
  void filesAreNot() {
    isRefused(task().link(Path.of("/data/a"), "a").build(), "/data/a");
    isRefused(task().stage(new Staging.WriteText("x", "/out/conf", false)).build(), "/out/conf");
    isRefused(task().stdin("/in/a").build(), "stdin");
  }

  @Test
  void secretsAreNotKept() {
    TaskSpec plain = task().build();
    TaskSpec secret =
        new TaskSpec(
            plain.attempt(),
            plain.name(),
            plain.command(),
            List.of("mean", "***"),
            plain.environment(),
            plain.stdin(),
            plain.stdout(),
            plain.stderr(),
            plain.layout(),
            plain.staging(),
            plain.resources(),
            plain.container(),
            plain.timeLimit(),
            plain.networkAccess(),
            plain.collect());
    isRefused(secret, "secret");
  }
}
