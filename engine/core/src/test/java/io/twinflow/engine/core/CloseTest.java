package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is closed leaves its runs to whoever comes next. */
@Timeout(30)
final class CloseTest {

  @TempDir Path folder;

  private final FakeExecutor site = FakeExecutor.byHand();

  private static FutureTask<RunOutcome> executing(TestEngine test, RunId run) throws Exception {
    CountDownLatch submitted = new CountDownLatch(1);
    FutureTask<RunOutcome> task =
        new FutureTask<>(() ->
            test.execute(
                run,
                event -> {
                  if (event instanceof Event.SubmissionConfirmed) {
                    submitted.countDown();
                  }
                }));
    Thread.ofPlatform().daemon().start(task);
    submitted.await();
    return task;
  }

  @Test
  void endsTheWaitingOfARunThatExecutes() throws Exception {
    RunId run;
    FutureTask<RunOutcome> execution;
    try (TestEngine test = new TestEngine(folder, site)) {
      run = TwoBranches.submit(test);
      execution = executing(test, run);
    }
    assertThatThrownBy(execution::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("twinflow resume " + run);

    try (TestEngine next = new TestEngine(folder, site)) {
      RunOutcome outcome =
          next.execute(
              run,
              event -> {
                if (event instanceof Event.SubmissionConfirmed) {
                  TwoBranches.finishAll(site);
                }
              });
      TwoBranches.assertThatItSucceeded(outcome);
    }
    assertThat(site.toolRuns()).isEqualTo(3);
  }

  @Test
  void executesNothingMore() throws Exception {
    TestEngine test = new TestEngine(folder, site);
    RunId run = TwoBranches.submit(test);
    test.close();
    assertThatThrownBy(() -> test.execute(run))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("its engine was closed");
  }

  @Test
  void mayBeAskedByTheRunItself() throws Exception {
    try (TestEngine test = new TestEngine(folder, site)) {
      RunId run = TwoBranches.submit(test);
      assertThatThrownBy(() ->
              test.execute(
                  run,
                  event -> {
                    if (event instanceof Event.SubmissionConfirmed) {
                      test.close();
                    }
                  }))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("its engine was closed");
    }
  }
}
