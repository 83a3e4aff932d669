package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class SiteTroubleTest {

  @TempDir Path folder;

  private RunOutcome run(TestEngine test) throws Exception {
    return test.run(TwoBranches.CWL, TwoBranches.INPUTS, TwoBranches.UNCACHED);
  }

  private TestEngine open(Executor site) throws Exception {
    return new TestEngine(folder, site);
  }

  @Test
  void takesSilenceForNoFailure() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    OddSite silent =
        new OddSite() {
          @Override
          public List<Observation> observe(Collection<BatchHandle> batches, Duration atMost)
              throws SiteException, InterruptedException {
            if (asked.incrementAndGet() == 1) {
              throw new SiteException(
                  SiteException.Certainty.UNKNOWN, FailureKind.INFRASTRUCTURE, "no route");
            }
            return super.observe(batches, atMost);
          }
        };
    try (TestEngine test = open(silent)) {
      TwoBranches.assertThatItSucceeded(run(test));
      assertThat(test.events(Event.AttemptFailed.class)).isEmpty();
      assertThat(test.events(Event.NoticeGiven.class))
          .singleElement()
          .satisfies(notice -> assertThat(notice.text()).contains("site odd", "no route"));
    }
  }

  @Test
  void submitsOnceMoreWhatNeverArrived() throws Exception {
    FakeExecutor site = FakeExecutor.instant();
    site.faults().loseNextRequest();
    try (TestEngine test = open(site)) {
      TwoBranches.assertThatItSucceeded(run(test));
      assertThat(site.toolRuns()).isEqualTo(3);
      assertThat(test.events(Event.AttemptLost.class)).isEmpty();
    }
  }

  @Test
  void countsAnEndThatIsToldAgainOnlyOnce() throws Exception {
    FakeExecutor site = FakeExecutor.byHand();
    site.faults().startTwice(true);
    List<AttemptKey> ended = new ArrayList<>();
    try (TestEngine test = open(site)) {
      RunId run = TwoBranches.submit(test);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                if (event instanceof Event.SubmissionConfirmed) {
                  ended.forEach(site::tellAgain);
                  site.waiting()
                      .forEach(task -> {
                        site.start(task.attempt());
                        site.finish(task.attempt(), FakeEnd.success());
                        site.tellAgain(task.attempt());
                        ended.add(task.attempt());
                      });
                }
              });
      TwoBranches.assertThatItSucceeded(outcome);
      assertThat(test.events(Event.TaskSucceeded.class)).hasSize(3);
    }
  }

  @Test
  void whatAnEarlierEngineMayYetStartIsRevokedThoughItsBatchIsThere() throws Exception {
    FakeExecutor byHand = FakeExecutor.byHand();
    List<AttemptKey> revoked = new ArrayList<>();
    List<AttemptKey> missing = new ArrayList<>();
    RunId run;
    try (TestEngine test = open(byHand)) {
      run = TwoBranches.submit(test);
      assertThat(
              test.dies(
                  run,
                  envelope -> {
                    if (envelope.event() instanceof Event.SubmissionConfirmed) {
                      throw new Crash();
                    }
                  }))
          .isTrue();
    }
    OddSite half =
        new OddSite(byHand) {
          @Override
          public String site() {
            return byHand.site();
          }

          @Override
          public Optional<BatchHandle> find(BatchKey batch, Collection<AttemptKey> attempts)
              throws SiteException {
            if (missing.isEmpty()) {
              missing.addAll(attempts);
              return Optional.of(new BatchHandle(batch, Set.of(), ""));
            }
            return super.find(batch, attempts);
          }

          @Override
          public void revoke(Collection<AttemptKey> attempts) {
            revoked.addAll(attempts);
          }
        };
    try (TestEngine test = open(half)) {
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                if (event instanceof Event.RunOwned || event instanceof Event.SubmissionConfirmed) {
                  byHand.waiting().stream()
                      .map(TaskSpec::attempt)
                      .filter(attempt -> !revoked.contains(attempt))
                      .forEach(attempt -> {
                        byHand.start(attempt);
                        byHand.finish(attempt, FakeEnd.success());
                      });
                }
              });
      TwoBranches.assertThatItSucceeded(outcome);
      // And whatever else the first engine had intended, and had not submitted when it died.
      assertThat(missing).isNotEmpty();
      assertThat(revoked).containsAll(missing);
    }
  }

  @Test
  void givesUpOnASiteThatTakesNothing() throws Exception {
    OddSite taker =
        new OddSite() {
          @Override
          public BatchHandle submit(Batch batch) {
            return new BatchHandle(batch.key(), Set.of(), "");
          }
        };
    try (TestEngine test = open(taker)) {
      RunOutcome outcome = run(test);
      assertThat(outcome.failure().orElseThrow().kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
      assertThat(outcome.failure().orElseThrow().message()).contains("did not take it", "odd");
      assertThat(test.events(Event.SubmissionIntended.class)).hasSizeBetween(4, 8);
    }
  }

  @Test
  void tellsWhyASiteRefuses() throws Exception {
    OddSite refusing =
        new OddSite() {
          @Override
          public BatchHandle submit(Batch batch) throws SiteException {
            throw new SiteException(
                SiteException.Certainty.NOTHING_HAPPENED,
                FailureKind.USER,
                "no such queue 'night'");
          }
        };
    try (TestEngine test = open(refusing)) {
      RunOutcome outcome = run(test);
      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(outcome.failure().orElseThrow().kind()).isEqualTo(FailureKind.USER);
      assertThat(outcome.failure().orElseThrow().message())
          .contains("site odd refused it: no such queue 'night'");
    }
  }

  @Test
  void aDefectOfTheSiteParksTheRunsThereAndNoLaterOne() throws Exception {
    boolean[] broken = {true};
    OddSite site =
        new OddSite() {
          @Override
          public List<Observation> observe(Collection<BatchHandle> batches, Duration atMost)
              throws SiteException, InterruptedException {
            if (broken[0]) {
              throw new IllegalArgumentException("cannot read the queue's answer");
            }
            return super.observe(batches, atMost);
          }
        };
    try (TestEngine test = open(site)) {
      RunId run = TwoBranches.submit(test);
      assertThatThrownBy(() -> test.execute(run))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("cannot read the queue's answer")
          .hasMessageContaining("twinflow resume " + run);
      broken[0] = false;
      TwoBranches.assertThatItSucceeded(test.execute(run));
      TwoBranches.assertThatItSucceeded(run(test));
    }
  }
}
