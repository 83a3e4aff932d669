package io.twinflow.executors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a tool ended, and what is known about it. */
interface EndContract extends Contract {

  @Test
  default void everyExitCodeIsReportedAsItIs() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    for (int code : List.of(0, 1, 42, 125, 126, 127, 137, 255)) {
      assertThat(bench().exitCode(bench().shell("exit " + code))).isEqualTo(code);
    }
  }

  @Test
  default void aToolThatASignalEndsHasFailedAndTheSignalIsNamed() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    if (!bench().offers(Feature.KNOWS_SIGNALS)) {
      // The first process of a container is deaf to its own signals: a child's end is reported.
      assertThat(bench().exitCode(bench().shell("sh -c 'kill -SEGV $$'; exit $?")))
          .isEqualTo(128 + 11);
      return;
    }
    Outcome.Failed failed = bench().failure(bench().shell("kill -SEGV $$"));
    assertThat(failed.kind()).isEqualTo(FailureKind.TASK);
    assertThat(failed.reason()).contains("SIGSEGV");
  }

  @Test
  default void aProgramThatIsNotThereIsTheUsersErrorAndIsNamed() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Outcome.Failed failed = bench().failure(bench().task("no-such-program-here", "x"));
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason()).contains("no-such-program-here");
  }

  @Test
  default void aFileThatCannotBeExecutedIsTheUsersErrorAndIsNamed() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Path plain = Files.writeString(bench().scratch().resolve("plain.txt"), "not a program");
    TaskBuilder task = bench().task("./nope");
    task.stage(
        new io.twinflow.executors.api.Staging.Copy(
            plain.toUri(), task.layout().outdir() + "/nope", false));
    Outcome.Failed failed = bench().failure(task);
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason()).contains("nope");
  }

  @Test
  default void aResultTellsWhereWhenAndAtWhatCost() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskSpec task = bench().shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").build();
    TaskResult result = bench().run(task);
    TaskResult.Usage usage = result.usage();
    assertThat(usage.host()).isNotBlank();
    assertThat(usage.started()).isBetween(usage.queued(), usage.ended());
    assertThat(result.siteId()).isNotBlank();
    if (bench().offers(Feature.KNOWS_CPU_TIME)) {
      assertThat(usage.cpuTime()).isPositive();
    } else {
      assertThat(usage.cpuTime()).isNull();
    }
  }

  @Test
  default void aPersonIsToldWhereToLook() throws Exception {
    TaskSpec task = bench().task("true").build();
    bench().run(task);
    assertThat(bench().executor().whereabouts(task.attempt())).isNotBlank();
  }
}
