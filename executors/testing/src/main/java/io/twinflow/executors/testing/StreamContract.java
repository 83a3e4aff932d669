package io.twinflow.executors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams, arguments and environment of a tool. */
interface StreamContract extends Contract {

  @Test
  default void bothStreamsAreKeptAsLogs() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskSpec task = bench().shell("echo to out; echo to err >&2").build();
    bench().run(task);
    assertThat(bench().log(task.attempt(), LogStream.STDOUT)).isEqualTo("to out\n");
    assertThat(bench().log(task.attempt(), LogStream.STDERR)).isEqualTo("to err\n");
  }

  @Test
  default void logsAreReadableWhileTheToolRuns() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskSpec task = bench().shell("echo early; sleep 600").build();
    BatchHandle handle = bench().submit(task);
    bench().awaitRunning(handle, task.attempt());
    bench().awaitLog(handle, task.attempt(), "early\n");
    bench().executor().cancel(List.of(task.attempt()));
    bench().awaitEnd(bench().executor(), handle, task.attempt());
    assertThat(bench().log(task.attempt(), LogStream.STDOUT)).isEqualTo("early\n");
  }

  @Test
  default void streamsGoToFilesInTheWorkingFolder() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskBuilder task = bench().shell("echo o; echo e >&2").stdout("logs/o.txt").stderr("e.txt");
    OutputFolder folder = bench().outputs(task);
    assertThat(Bench.text(folder, "logs/o.txt")).isEqualTo("o\n");
    assertThat(Bench.text(folder, "e.txt")).isEqualTo("e\n");
  }

  /** Which comes first is not promised: a container engine carries them apart. */
  @Test
  default void bothStreamsMayGoToOneFile() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskBuilder task = bench().shell("echo o; echo e >&2").stdout("both").stderr("both");
    assertThat(bench().output(task, "both").lines()).containsExactlyInAnyOrder("o", "e");
  }

  @Test
  default void aStreamThatLeavesTheWorkingFolderIsRefused() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Outcome.Failed failed = bench().failure(bench().shell("echo x").stdout("../escaped"));
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason()).contains("../escaped");
  }

  @Test
  default void stdinComesFromAStagedFile() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    Path input = Files.writeString(bench().scratch().resolve("in.txt"), "hello");
    TaskBuilder task = bench().task("cat").link(input, "in.txt").stdout("copy");
    task.stdin(task.layout().inputs() + "/in.txt");
    assertThat(bench().output(task, "copy")).isEqualTo("hello");
  }

  @Test
  default void withoutStdinAToolReadsTheEnd() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    assertThat(bench().exitCode(bench().task("cat"))).isZero();
  }

  @Test
  default void argumentsArriveAsTheyAre() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    String odd = "a b'c\"d\\e\nf$HOME*ü☃\t;|&";
    TaskBuilder task = bench().task("printf", "%s|%s|", odd, "").stdout("args");
    assertThat(bench().output(task, "args")).isEqualTo(odd + "||");
  }

  @Test
  default void theEnvironmentIsExactlyWhatWasGiven() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskBuilder task = bench().task("env", "-0").environment("ODD", "ü = ' \n \"").stdout("env");
    String seen = bench().output(task, "env");
    List<String> variables =
        List.of(seen.split("\0")).stream().filter(v -> !v.startsWith("TWINFLOW_")).toList();
    String[] given =
        task.build().environment().entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .toArray(String[]::new);
    if (bench().offers(Feature.EXACT_ENVIRONMENT)) {
      assertThat(variables).containsExactlyInAnyOrder(given);
    } else {
      assertThat(variables).contains(given).hasSizeGreaterThan(given.length);
    }
  }

  @Test
  default void aToolStartsInItsWorkingFolderWithAnEmptyTemporaryOne() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskBuilder task = bench().shell("pwd; ls -A; ls -A \"$TMPDIR\"; touch \"$TMPDIR\"/x");
    TaskSpec spec = task.build();
    assertThat(bench().run(spec).outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(bench().log(spec.attempt(), LogStream.STDOUT))
        .isEqualTo(spec.layout().outdir() + "\n");
  }
}
