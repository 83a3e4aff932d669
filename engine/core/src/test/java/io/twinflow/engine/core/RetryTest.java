package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.Engine.RunRequest;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that continues another takes over what is still right, and makes the rest again. */
@Timeout(30)
final class RetryTest {

  private static final String CWL =
      """
      class: Workflow
      cwlVersion: v1.2
      requirements: {InlineJavascriptRequirement: {}}
      inputs: {data: File, folder: Directory}
      outputs: {said: {type: string, outputSource: last/said}}
      steps:
        file:
          in: {read: data}
          out: [said]
          run:
            class: CommandLineTool
            baseCommand: cat
            inputs: {read: {type: File, inputBinding: {}}}
            outputs: {said: {type: string, outputBinding: {outputEval: $("a")}}}
        folder:
          in: {read: folder}
          out: [said]
          run:
            class: CommandLineTool
            baseCommand: ls
            inputs: {read: {type: Directory, inputBinding: {}}}
            outputs: {said: {type: string, outputBinding: {outputEval: $("b")}}}
        last:
          in: {one: file/said, two: folder/said}
          out: [said]
          run:
            class: CommandLineTool
            baseCommand: echo
            inputs: {one: string, two: string}
            outputs: {said: {type: string, outputBinding: {outputEval: $(inputs.one)}}}
      """;

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path folder;
  private Path data;
  private Path inside;
  private boolean broken = true;
  private final SettableClock clock = new SettableClock();

  @BeforeEach
  void writeInputs() throws Exception {
    data = Files.writeString(folder.resolve("data.txt"), "1");
    inside = Files.writeString(Files.createDirectory(folder.resolve("in")).resolve("x"), "1");
    for (Path path : List.of(data, inside, inside.getParent())) {
      Files.setLastModifiedTime(path, LONG_AGO);
    }
  }

  private TestEngine open() throws Exception {
    Function<TaskSpec, FakeEnd> tool =
        task -> broken && task.name().equals("/last") ? FakeEnd.exit(1) : FakeEnd.success();
    return new TestEngine(
        folder,
        Engines.open(TestEngine.config(folder, FakeExecutor.ending(tool)).withClock(clock)));
  }

  private String inputs() {
    return "{'data': {'class': 'File', 'location': '%s'}, 'folder': {'class': 'Directory', 'location': '%s'}}"
        .formatted(data.toUri(), inside.getParent().toUri());
  }

  /** The tasks that a retry takes over, after something has been changed. */
  private long adoptedAfter(Change change) throws Exception {
    try (TestEngine test = open()) {
      RunId failed =
          test.submit(CWL, inputs(), TwoBranches.options(Event.RunOptions.OnError.CONTINUE));
      assertThat(test.execute(failed).state()).isEqualTo(RunState.FAILED);
      clock.pass(Duration.ofMinutes(1));
      change.make();
      broken = false;
      RunId retried =
          test.engine.submit(
              new RunRequest(
                  test.engine.definition(failed),
                  TestEngine.json(inputs()),
                  TwoBranches.UNCACHED,
                  Map.of(),
                  Optional.of(failed)));
      RunOutcome outcome = test.execute(retried);
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      return test.events(Event.TaskSucceeded.class).stream()
          .filter(done -> done.origin() instanceof Origin.Adopted)
          .count();
    }
  }

  private interface Change {
    void make() throws Exception;
  }

  private void write(Path file) throws Exception {
    Files.writeString(file, "2");
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
  }

  @Test
  void takesOverWhatReadWhatIsStillTheSame() throws Exception {
    assertThat(adoptedAfter(() -> {})).isEqualTo(2);
  }

  @Test
  void readsAgainAFileThatWasMendedInPlace() throws Exception {
    assertThat(adoptedAfter(() -> write(data))).isEqualTo(1);
  }

  @Test
  void readsAgainAFolderInWhichAFileWasMended() throws Exception {
    assertThat(adoptedAfter(() -> write(inside))).isEqualTo(1);
  }
}
