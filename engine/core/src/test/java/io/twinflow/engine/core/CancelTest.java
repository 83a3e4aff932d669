package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class CancelTest {

  @TempDir Path folder;

  private final FakeExecutor site = FakeExecutor.byHand();
  private final SettableClock clock = new SettableClock();

  private TestEngine open() throws Exception {
    EngineConfig config = TestEngine.config(folder, site).withClock(clock);
    return new TestEngine(folder, Engines.open(config));
  }

  private static List<String> leftBehind(TestEngine test) {
    return test.events(Event.RunEnded.class).getFirst().leftBehind();
  }

  /** What a test does after an event; the second argument asks for the cancel. */
  private interface Reaction {
    void to(Event event, Runnable cancel);
  }

  private static RunId isCancelled(TestEngine test, Reaction reaction) throws Exception {
    RunId run = TwoBranches.submit(test);
    Runnable cancel = () -> test.engine.cancel(run, "enough");
    RunOutcome outcome = test.execute(run, event -> reaction.to(event, cancel));
    assertThat(outcome.state()).isEqualTo(RunState.CANCELLED);
    assertThat(outcome.outputs().fields()).isEmpty();
    return run;
  }

  @Test
  void endsWithoutASiteThatIgnoresTheCancelAndNamesWhatIsLeft() throws Exception {
    site.faults().ignoreCancel(true);
    try (TestEngine test = open()) {
      RunId run =
          isCancelled(
              test,
              (event, cancel) -> {
                if (event instanceof Event.SubmissionConfirmed) {
                  cancel.run();
                } else if (event instanceof Event.CancelRequested) {
                  clock.pass(Duration.ofMinutes(1));
                }
              });
      assertThat(leftBehind(test))
          .isNotEmpty()
          .allSatisfy(left -> assertThat(left).contains(run.value(), "at site fake (fake-"));
    }
  }

  @Test
  void breaksTheCollectingOfOutputsOff() throws Exception {
    AtomicReference<Runnable> cancel = new AtomicReference<>(() -> {});
    EndlessOutputs endless = new EndlessOutputs(() -> cancel.get().run());
    EngineConfig config = TestEngine.config(folder, endless).withClock(clock);
    try (TestEngine test = new TestEngine(folder, Engines.open(config))) {
      RunId run = TwoBranches.submit(test);
      cancel.set(() -> test.engine.cancel(run, "enough"));
      RunOutcome outcome = test.execute(run);
      assertThat(outcome.state()).isEqualTo(RunState.CANCELLED);
      assertThat(test.events(Event.TaskSucceeded.class)).isEmpty();
      assertThat(test.events(Event.AttemptDiscarded.class)).isNotEmpty();
      assertThat(leftBehind(test)).isEmpty();
    }
  }

  @Test
  void recordsResultsThatComeAfterTheCancelAndUsesNone() throws Exception {
    site.faults().ignoreCancel(true);
    try (TestEngine test = open()) {
      isCancelled(
          test,
          (event, cancel) -> {
            if (!test.events(Event.CancelRequested.class).isEmpty()) {
              TwoBranches.finishAll(site);
            } else if (event instanceof Event.SubmissionConfirmed) {
              cancel.run();
            }
          });
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
      isCancelled(
          test,
          (event, cancel) -> {
            if (event instanceof Event.SubmissionConfirmed) {
              site.faults().siteIsDown(true);
              cancel.run();
            } else if (event instanceof Event.NoticeGiven notice
                && notice.text().contains("did not take the cancel")) {
              site.faults().siteIsDown(false);
            }
          });
      assertThat(site.waiting()).isEmpty();
      assertThat(leftBehind(test)).isEmpty();
    }
  }

  @Test
  void goesOnCancellingWhenItIsResumed() throws Exception {
    RunId run;
    try (TestEngine first = open()) {
      run = TwoBranches.submit(first);
      RunId cancelled = run;
      boolean died =
          first.dies(
              run,
              envelope -> {
                if (envelope.event() instanceof Event.SubmissionConfirmed) {
                  first.engine.cancel(cancelled, "enough");
                } else if (envelope.event() instanceof Event.CancelRequested) {
                  throw new Crash();
                }
              });
      assertThat(died).isTrue();
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

  @Test
  void submitsNothingAgainWhoseRequestWasLostBeforeTheCancel() throws Exception {
    site.faults().loseNextRequest();
    try (TestEngine test = open()) {
      isCancelled(
          test,
          (event, cancel) -> {
            if (event instanceof Event.NoticeGiven) {
              cancel.run();
            } else if (event instanceof Event.SubmissionConfirmed) {
              TwoBranches.finishAll(site);
            }
          });
      assertThat(site.waiting()).isEmpty();
      assertThat(leftBehind(test)).isEmpty();
    }
  }

  @Test
  void hearsACancelThatComesWhileTheJournalIsStillRead() throws Exception {
    try (TestEngine test = open()) {
      isCancelled(
          test,
          (event, cancel) -> {
            if (event instanceof Event.RunCreated) {
              cancel.run();
            }
          });
    }
  }
}
