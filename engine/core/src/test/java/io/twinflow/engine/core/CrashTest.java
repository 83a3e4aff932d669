package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that dies after any event, and another that goes on. */
final class CrashTest {

  private static final String CWL =
      """
      class: Workflow
      cwlVersion: v1.2
      requirements:
        ScatterFeatureRequirement: {}
        SubworkflowFeatureRequirement: {}
        StepInputExpressionRequirement: {}
        InlineJavascriptRequirement: {}
      inputs: {numbers: 'int[]'}
      outputs: {result: {type: 'string[]', outputSource: each/result}}
      steps:
        each:
          in: {number: numbers}
          scatter: number
          out: [result]
          run:
            class: Workflow
            inputs: {number: int}
            outputs: {result: {type: string, outputSource: second/said}}
            steps:
              first:
                in: {text: {source: number, valueFrom: '${return "n" + self;}'}}
                out: [said]
                run: &tool
                  class: CommandLineTool
                  baseCommand: echo
                  inputs: {text: string}
                  outputs: {said: {type: string, outputBinding: {outputEval: $(inputs.text)}}}
              second:
                in: {text: first/said}
                out: [said]
                run: *tool
      """;
  private static final String INPUTS = "{'numbers': [1,2,3]}";
  private static final String RESULT = "{\"result\":[\"n1\",\"n2\",\"n3\"]}";

  @TempDir Path folder;

  @Test
  void goesOnAfterACrashAtEveryEvent() throws Exception {
    int crashes = 0;
    boolean crashed = true;
    for (int n = 2; crashed; n++) {
      Path place = Files.createDirectory(folder.resolve("run" + n));
      FakeExecutor site = FakeExecutor.ending(task -> FakeEnd.success());
      RunId run;
      try (TestEngine first = new TestEngine(place, site)) {
        run = first.submit(CWL, INPUTS, TwoBranches.UNCACHED);
        crashed = diesAfter(first, run, n);
      }
      if (crashed) {
        crashes++;
        try (TestEngine second = new TestEngine(place, site)) {
          RunOutcome outcome = second.execute(run);
          assertThat(ValueJson.write(outcome.outputs())).as("crash %d", n).isEqualTo(RESULT);
          assertThat(site.toolRuns()).as("tool runs after crash %d", n).isEqualTo(6);
          assertThat(second.events(Event.TaskSucceeded.class)).hasSize(6);
        }
      }
    }
    assertThat(crashes).isGreaterThan(20);
  }

  private static boolean diesAfter(TestEngine test, RunId run, int events) throws Exception {
    int[] seen = {0};
    return test.dies(
        run,
        envelope -> {
          seen[0]++;
          if (seen[0] == events) {
            throw new Crash();
          }
        });
  }

  /** Each lives a little longer: one that never gets to a submission would change nothing. */
  @Test
  @Timeout(60)
  void getsToTheEndHoweverOftenEnginesDie() throws Exception {
    FakeExecutor site = FakeExecutor.instant();
    RunId run;
    try (TestEngine maker = new TestEngine(folder, site)) {
      run = maker.submit(CWL, INPUTS, TwoBranches.UNCACHED);
    }
    int lives = 0;
    boolean dies = true;
    while (dies) {
      lives++;
      try (TestEngine engine = new TestEngine(folder, site)) {
        dies = diesAfterOwnEvents(engine, run, 2 + lives);
      }
    }
    assertThat(lives).isBetween(4, 60);
    try (TestEngine last = new TestEngine(folder, site)) {
      assertThat(ValueJson.write(last.execute(run).outputs())).isEqualTo(RESULT);
      assertThat(site.toolRuns()).isEqualTo(6);
    }
  }

  /** Counts from the event by which the engine took the run over. */
  private static boolean diesAfterOwnEvents(TestEngine test, RunId run, int events)
      throws Exception {
    long head = test.head(run);
    return test.dies(
        run,
        envelope -> {
          if (envelope.sequence() >= head + events) {
            throw new Crash();
          }
        });
  }

  @Test
  void makesNewAttemptsOfWhatTheSiteLost() throws Exception {
    FakeExecutor site = FakeExecutor.byHand();
    RunId run;
    try (TestEngine first = new TestEngine(folder, site)) {
      run = first.submit(CWL, INPUTS, TwoBranches.UNCACHED);
      boolean died =
          first.dies(
              run,
              envelope -> {
                if (envelope.event() instanceof Event.SubmissionConfirmed) {
                  throw new Crash();
                }
              });
      assertThat(died).isTrue();
      assertThat(site.waiting()).isNotEmpty();
    }
    List<AttemptKey> lost = new ArrayList<>();
    site.waiting().forEach(task -> lost.add(task.attempt()));
    lost.forEach(attempt -> site.lose(attempt, "its engine died"));
    try (TestEngine second = new TestEngine(folder, site)) {
      RunOutcome outcome =
          second.execute(
              run,
              event -> {
                if (event instanceof Event.SubmissionConfirmed) {
                  TwoBranches.finishAll(site);
                }
              });
      assertThat(ValueJson.write(outcome.outputs())).isEqualTo(RESULT);
      // What was only intended when the engine died is lost too.
      assertThat(second.events(Event.AttemptLost.class))
          .extracting(Event.AttemptLost::task)
          .containsAll(lost.stream().map(AttemptKey::task).toList());
      assertThat(second.events(Event.AttemptFailed.class)).isEmpty();
    }
  }

  @Test
  void namesTheEngineThatOwnsARun() throws Exception {
    FakeExecutor site = FakeExecutor.ending(task -> FakeEnd.success());
    try (TestEngine first = new TestEngine(folder, site);
        TestEngine second = new TestEngine(folder, site)) {
      RunId run = first.submit(CWL, INPUTS, TwoBranches.UNCACHED);
      first.engine.execute(
          run,
          envelope -> {
            if (envelope.event() instanceof Event.RunOwned) {
              assertThatThrownBy(() -> second.execute(run))
                  .isInstanceOf(FailureException.class)
                  .hasMessageContaining(
                      "is being executed by process " + ProcessHandle.current().pid());
            }
          });
    }
  }

  @Test
  void tellsTheEndOfARunThatHasEndedWithoutRunningAnything() throws Exception {
    FakeExecutor site = FakeExecutor.ending(task -> FakeEnd.success());
    try (TestEngine test = new TestEngine(folder, site)) {
      RunId run = test.submit(CWL, INPUTS, TwoBranches.UNCACHED);
      test.execute(run);
      long runs = site.toolRuns();
      RunOutcome again = test.execute(run);
      assertThat(ValueJson.write(again.outputs())).isEqualTo(RESULT);
      assertThat(site.toolRuns()).isEqualTo(runs);
    }
  }

  @Test
  void saysThatThereIsNoSuchRun() throws IOException {
    try (TestEngine test = new TestEngine(folder, FakeExecutor.ending(task -> FakeEnd.success()))) {
      assertThatThrownBy(() -> test.execute(new RunId("20261120-093012-aaaaaa")))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("there is no run 20261120-093012-aaaaaa");
    }
  }
}
