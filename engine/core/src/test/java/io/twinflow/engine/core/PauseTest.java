package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.expression.Evaluator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class PauseTest {

  @TempDir Path folder;

  private final FakeExecutor site = FakeExecutor.byHand();

  /** Whether a batch that was on its way is confirmed before or after the pause is a race. */
  private void finishAllAfterPause(TestEngine test) {
    if (!test.events(Event.PauseRequested.class).isEmpty()) {
      TwoBranches.finishAll(site);
    }
  }

  private static void assertThatItWaited(TestEngine test) {
    List<String> types =
        test.events.stream().map(envelope -> envelope.event().getClass().getSimpleName()).toList();
    int from = types.indexOf("PauseRequested");
    int to = types.indexOf("PauseEnded");
    assertThat(from).isPositive();
    assertThat(types.subList(from, to)).doesNotContain("SubmissionIntended");
    assertThat(types.subList(to, types.size())).contains("SubmissionIntended");
  }

  private static void assertThatItWaitedAndSucceeded(TestEngine test, RunOutcome outcome) {
    TwoBranches.assertThatItSucceeded(outcome);
    assertThatItWaited(test);
  }

  @Test
  void followsWhatRunsAndSubmitsNothingUntilItProceeds() throws Exception {
    try (TestEngine test = new TestEngine(folder, site)) {
      RunId run = TwoBranches.submit(test);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                switch (event) {
                  case Event.SubmissionConfirmed e when e.batch() == 1 -> test.engine.pause(run);
                  case Event.SubmissionConfirmed _ -> finishAllAfterPause(test);
                  case Event.PauseRequested _ -> TwoBranches.finishAll(site);
                  case Event.TaskSucceeded _ -> {
                    if (test.events(Event.TaskSucceeded.class).size() == 2) {
                      test.engine.proceed(run);
                    }
                  }
                  default -> {}
                }
              });
      assertThatItWaitedAndSucceeded(test, outcome);
    }
  }

  @Test
  void hearsWhatIsAskedThroughAnotherEngineOfTheSameHome() throws Exception {
    try (TestEngine test = new TestEngine(folder, site);
        TestEngine other = new TestEngine(folder, site)) {
      RunId run = TwoBranches.submit(test);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                switch (event) {
                  case Event.SubmissionConfirmed e when e.batch() == 1 ->
                      ask(other, run, Request.PAUSE);
                  case Event.SubmissionConfirmed _ -> finishAllAfterPause(test);
                  case Event.PauseRequested _ -> TwoBranches.finishAll(site);
                  case Event.TaskSucceeded _ -> {
                    if (test.events(Event.TaskSucceeded.class).size() == 2) {
                      ask(other, run, Request.PROCEED);
                    }
                  }
                  default -> {}
                }
              });
      assertThatItWaitedAndSucceeded(test, outcome);
    }
  }

  private static void ask(TestEngine test, RunId run, Request request) {
    try {
      test.engine.ask(run, request);
    } catch (FailureException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void forgetsNoExpressionThatEndsDuringThePause() throws Exception {
    CountDownLatch paused = new CountDownLatch(1);
    FakeExecutor instant = FakeExecutor.instant();
    EngineConfig config = TestEngine.config(folder, instant);
    Evaluator evaluator =
        (text, context) -> {
          await(paused);
          return config.evaluator().evaluate(text, context);
        };
    EngineConfig slow =
        new EngineConfig(
            config.home(),
            ConfiguredSites.only(instant),
            config.definitions(),
            evaluator,
            config.artifacts(),
            config.tools(),
            config.retries(),
            SavingRule.DEFAULT,
            config.clock());
    String cwl =
        TwoBranches.CWL
            .replace("in: {text: text}", "in: {text: {source: text, valueFrom: $(self)}}")
            .replace("requirements: {", "requirements: {StepInputExpressionRequirement: {}, ");
    try (TestEngine test = new TestEngine(folder, Engines.open(slow))) {
      RunId run = test.submit(cwl, TwoBranches.INPUTS, TwoBranches.UNCACHED);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                switch (event) {
                  case Event.RunOwned _ -> test.engine.pause(run);
                  case Event.PauseRequested _ -> paused.countDown();
                  case Event.TaskCreated _ -> {
                    if (test.events(Event.TaskCreated.class).size() == 2) {
                      test.engine.proceed(run);
                    }
                  }
                  default -> {}
                }
              });
      assertThatItWaitedAndSucceeded(test, outcome);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void triesAgainAfterThePauseWhatWasLostInIt() throws Exception {
    try (TestEngine test = new TestEngine(folder, site)) {
      RunId run = TwoBranches.submit(test);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                switch (event) {
                  case Event.SubmissionConfirmed e when e.batch() == 1 -> test.engine.pause(run);
                  case Event.SubmissionConfirmed _ -> finishAllAfterPause(test);
                  case Event.PauseRequested _ -> {
                    site.lose(site.waiting().getFirst().attempt(), "the node died");
                    TwoBranches.finishAll(site);
                  }
                  case Event.AttemptFailed _ -> test.engine.proceed(run);
                  default -> {}
                }
              });
      assertThatItWaitedAndSucceeded(test, outcome);
    }
  }

  @Test
  void staysPausedWhenItIsResumedUntilItProceeds() throws Exception {
    RunId run;
    try (TestEngine first = new TestEngine(folder, site)) {
      run = TwoBranches.submit(first);
      RunId paused = run;
      boolean died =
          first.dies(
              run,
              envelope -> {
                if (envelope.event() instanceof Event.SubmissionConfirmed) {
                  first.engine.pause(paused);
                } else if (envelope.event() instanceof Event.PauseRequested) {
                  throw new Crash();
                }
              });
      assertThat(died).isTrue();
    }
    site.lose(site.waiting().getFirst().attempt(), "its engine died");
    try (TestEngine second = new TestEngine(folder, site)) {
      RunOutcome outcome =
          second.execute(
              run,
              event -> {
                switch (event) {
                  case Event.AttemptLost _ -> {
                    TwoBranches.finishAll(site);
                    second.engine.proceed(run);
                  }
                  case Event.SubmissionConfirmed _ -> {
                    if (!second.events(Event.PauseEnded.class).isEmpty()) {
                      TwoBranches.finishAll(site);
                    }
                  }
                  default -> {}
                }
              });
      assertThatItWaitedAndSucceeded(second, outcome);
    }
  }
}
