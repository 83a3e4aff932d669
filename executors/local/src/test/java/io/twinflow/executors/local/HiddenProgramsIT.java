package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever starts a server has programs of its own in its PATH, which sandboxed tools do not see.
 */
class HiddenProgramsIT {

  private static final String RUN = "hidden" + ProcessHandle.current().pid();

  @TempDir private Path folder;

  @BeforeAll
  static void needsBubblewrap() {
    NeedsEngine.needs(
        Files.isExecutable(Path.of("/usr/bin/bwrap")), "no bubblewrap: apt-get install bubblewrap");
  }

  private Path program(String place) throws IOException {
    Path bin = Files.createDirectories(folder.resolve(place).resolve("bin"));
    Path program = Files.writeString(bin.resolve("greet"), "#!/bin/sh\necho of " + place + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  private Outcome greet(LocalExecutor executor, AttemptKey key, Path... search) throws Exception {
    TaskBuilder task = new TaskBuilder(key, executor.layout(key, false), List.of("greet"), null);
    StringBuilder path = new StringBuilder();
    for (Path folder : search) {
      path.append(folder).append(':');
    }
    task.environment("PATH", path + "/usr/bin:/bin");
    Batch batch =
        new Batch(new BatchKey(Tasks.INSTALLATION, RUN, key.task()), List.of(task.build()));
    return switch (ContainerBench.end(executor, executor.submit(batch))) {
      case TaskState.Ended ended -> ended.result().outcome();
      case TaskState other -> throw new IllegalStateException("not ended: " + other);
    };
  }

  private LocalExecutor executor() throws IOException {
    return new LocalExecutor(
        LocalOptions.in(folder.resolve("home/site"))
            .withContainers(ContainerChoice.NONE)
            .withSandbox(Sandbox.BWRAP)
            .withHidden(List.of(folder.resolve("home"))));
  }

  @Test
  void theOneForAllUsersIsTakenThough() throws Exception {
    Path own = program("home").getParent();
    Path linked = Files.createDirectories(folder.resolve("linked"));
    Files.createSymbolicLink(linked.resolve("greet"), own.resolve("greet"));
    Path shown = program("usr").getParent();
    try (LocalExecutor executor = executor()) {
      AttemptKey key = Tasks.key(RUN, 1, 1);
      assertThat(greet(executor, key, own, linked, shown)).isEqualTo(new Outcome.Exited(0));
      try (var said = executor.log(key, LogStream.STDOUT)) {
        assertThat(new String(said.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("of usr\n");
      }
    }
  }

  @Test
  void andWhereThereIsNoneTheFailureSaysWhichIsHidden() throws Exception {
    Path own = program("home");
    try (LocalExecutor executor = executor()) {
      assertThat(greet(executor, Tasks.key(RUN, 2, 1), own.getParent()))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.USER);
                assertThat(failed.reason())
                    .contains("'greet'", own.toString(), "install it for all users");
              });
    }
  }
}
