package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class CancelTest {

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @TempDir Path folder;

  private final FakeExecutor site = FakeExecutor.byHand();
  private final SettableClock clock = new SettableClock();

  private TestEngine open() throws Exception {
    EngineConfig config = TestEngine.config(folder, site).withClock(clock);
    return new TestEngine(folder, Engines.open(config));
  }

  private static RunId submit(TestEngine test) throws FailureException {
    return test.submit(TwoBranches.CWL, TwoBranches.INPUTS, TwoBranches.UNCACHED);
  }

  private static List<String> leftBehind(TestEngine test) {
    return test.events(Event.RunEnded.class).getFirst().leftBehind();
  }

  private void finishAll() {
    site.waiting().forEach(task -> site.finish(task.attempt(), FakeEnd.success()));
  }

  @Test
  void endsWithoutASiteThatIgnoresTheCancelAndNamesWhatIsLeft() throws Exception {
    site.faults().ignoreCancel(true);
    try (TestEngine test = open()) {
      RunId run = submit(test);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                if (event instanceof Event.SubmissionConfirmed) {
                  test.engine.cancel(run, "enough");
                } else if (event instanceof Event.CancelRequested) {
                  clock.pass(Duration.ofMinutes(1));
                }
              });
      assertThat(outcome.state()).isEqualTo(RunState.CANCELLED);
      assertThat(leftBehind(test))
          .isNotEmpty()
          .allSatisfy(left -> assertThat(left).contains(run.value(), "at site fake (fake-"));
    }
  }

  @Test
  void recordsResultsThatComeAfterTheCancelAndUsesNone() throws Exception {
    site.faults().ignoreCancel(true);
    try (TestEngine test = open()) {
      RunId run = submit(test);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                if (!test.events(Event.CancelRequested.class).isEmpty()) {
                  finishAll();
                } else if (event instanceof Event.SubmissionConfirmed) {
                  test.engine.cancel(run, "enough");
                }
              });
      assertThat(outcome.state()).isEqualTo(RunState.CANCELLED);
      assertThat(outcome.outputs().fields()).isEmpty();
      assertThat(test.events(Event.TaskSucceeded.class)).isEmpty();
      assertThat(test.events(Event.AttemptDiscarded.class))
          .isNotEmpty()
          .allSatisfy(discarded -> assertThat(discarded.execution()).isNotNull());
      assertThat(leftBehind(test)).isEmpty();
    }
  }

  @Test
  void asksAgainWhenTheSiteCouldNotTakeTheCancel() throws Exception {
    try (TestEngine test = open()) {
      RunId run = submit(test);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                if (event instanceof Event.SubmissionConfirmed) {
                  site.faults().siteIsDown(true);
                  test.engine.cancel(run, "enough");
                } else if (event instanceof Event.NoticeGiven notice
                    && notice.text().contains("did not take the cancel")) {
                  site.faults().siteIsDown(false);
                }
              });
      assertThat(outcome.state()).isEqualTo(RunState.CANCELLED);
      assertThat(site.waiting()).isEmpty();
      assertThat(leftBehind(test)).isEmpty();
    }
  }

  @Test
  void goesOnCancellingWhenItIsResumed() throws Exception {
    RunId run;
    try (TestEngine first = open()) {
      run = submit(first);
      diesWhileCancelling(first, run);
    }
    assertThat(site.waiting()).isNotEmpty();
    int submits = site.calls().submits();
    try (TestEngine second = open()) {
      assertThat(second.execute(run).state()).isEqualTo(RunState.CANCELLED);
      assertThat(site.waiting()).isEmpty();
      assertThat(site.calls().submits()).isEqualTo(submits);
      assertThat(leftBehind(second)).isEmpty();
    }
  }

  private static void diesWhileCancelling(TestEngine test, RunId run) throws Exception {
    try {
      test.execute(
          run,
          event -> {
            if (event instanceof Event.SubmissionConfirmed) {
              test.engine.cancel(run, "enough");
            } else if (event instanceof Event.CancelRequested) {
              throw new Crash();
            }
          });
    } catch (Crash e) {
      return;
    }
    throw new AssertionError("the engine did not die");
  }

  @Test
  void submitsNothingAgainWhoseRequestWasLostBeforeTheCancel() throws Exception {
    site.faults().loseNextRequest();
    try (TestEngine test = open()) {
      RunId run = submit(test);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                if (event instanceof Event.NoticeGiven) {
                  test.engine.cancel(run, "enough");
                } else if (event instanceof Event.SubmissionConfirmed) {
                  finishAll();
                }
              });
      assertThat(outcome.state()).isEqualTo(RunState.CANCELLED);
      assertThat(site.waiting()).isEmpty();
      assertThat(leftBehind(test)).isEmpty();
    }
  }

  @Test
  void hearsACancelThatComesWhileTheJournalIsStillRead() throws Exception {
    try (TestEngine test = open()) {
      RunId run = submit(test);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                if (event instanceof Event.RunCreated) {
                  test.engine.cancel(run, "early");
                }
              });
      assertThat(outcome.state()).isEqualTo(RunState.CANCELLED);
    }
  }
}
