package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.SubmissionIntended;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.core.site.SitePolicy;
import io.twinflow.engine.core.site.SiteTerms;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where tasks go when there are several sites. */
@Timeout(30)
final class PlacedTasksTest {

  private static final String TOOL =
      """
      class: CommandLineTool
      cwlVersion: v1.2
      $namespaces: {twinflow: 'https://twinflow.io/cwl#'}
      baseCommand: "true"
      inputs: {}
      outputs: {}
      """;

  @TempDir Path folder;

  private final NamedSite small = new NamedSite("small", 2, FakeExecutor.instant());
  private final NamedSite big = new NamedSite("big", 64, FakeExecutor.instant());

  private static ConfiguredSites.Entry entry(NamedSite site) {
    return new ConfiguredSites.Entry(site, SiteTerms.NONE);
  }

  private static ConfiguredSites.Entry entry(NamedSite site, double cost) {
    return new ConfiguredSites.Entry(
        site, new SiteTerms(Integer.MAX_VALUE, Optional.empty(), cost, List.of(), false, false));
  }

  private TestEngine open(SitePolicy policy, ConfiguredSites.Entry... entries) throws Exception {
    EngineConfig config =
        TestEngine.config(folder, entries[0].executor())
            .withSites(new ConfiguredSites(List.of(entries), policy));
    return new TestEngine(folder, Engines.open(config));
  }

  private TestEngine open() throws Exception {
    return open(SitePolicy.FIRST, entry(small), entry(big));
  }

  private static List<SubmissionIntended> submissions(TestEngine test) {
    return test.events(SubmissionIntended.class);
  }

  private static void assertThatItWentTo(String site, String reason, TestEngine test) {
    assertThat(submissions(test))
        .singleElement()
        .satisfies(submission -> {
          assertThat(submission.site()).isEqualTo(site);
          assertThat(submission.reason()).contains(reason);
        });
  }

  @Test
  void whatNobodyNamesGoesWhereThePolicySays() throws Exception {
    try (TestEngine test = open()) {
      test.run(TOOL, "{}");
      assertThatItWentTo("small", "first of the 2 sites", test);
    }
    try (TestEngine test = open(SitePolicy.CHEAPEST, entry(small, 2.5), entry(big, 0.5))) {
      test.run(TOOL, "{}", TwoBranches.UNCACHED);
      assertThatItWentTo("big", "cheapest of the 2 sites", test);
    }
  }

  @Test
  void whatIsTooLargeForASiteGoesToTheNextOne() throws Exception {
    try (TestEngine test = open()) {
      test.run(TOOL + "requirements: {ResourceRequirement: {coresMin: 8}}", "{}");
      assertThatItWentTo("big", "small has 2 of the 8 cores", test);
    }
  }

  @Test
  void whatIsTooLargeForAllIsRefusedWithWhatEachHas() throws Exception {
    try (TestEngine test = open()) {
      RunOutcome outcome =
          test.run(TOOL + "requirements: {ResourceRequirement: {coresMin: 100}}", "{}");
      Failure failure = outcome.failure().orElseThrow();
      assertThat(failure.kind()).isEqualTo(FailureKind.RESOURCES);
      assertThat(failure.message())
          .contains("no site can run it", "small has 2 of the 100", "big has 64 of the 100");
    }
  }

  @Test
  void aHintIsFollowedAndOneForAnotherInstallationIsNot() throws Exception {
    try (TestEngine test = open()) {
      test.run(TOOL + "hints: {'twinflow:Site': {site: big}}", "{}");
      assertThatItWentTo("big", "the hint at", test);
      RunOutcome outcome =
          test.run(TOOL + "hints: {'twinflow:Site': {site: hpc}}", "{}", TwoBranches.UNCACHED);
      assertThat(outcome.failure()).isEmpty();
      assertThatItWentTo("small", "first of", test);
    }
  }

  @Test
  void aRequirementOfASiteThatThereIsNotFails() throws Exception {
    try (TestEngine test = open()) {
      RunOutcome outcome =
          test.run(TOOL + "requirements: {'twinflow:Site': {site: [hpc, cloud]}}", "{}");
      Failure failure = outcome.failure().orElseThrow();
      assertThat(failure.kind()).isEqualTo(FailureKind.USER);
      assertThat(failure.message()).contains("hpc, cloud", "are the sites small, big");
    }
    try (TestEngine test = open(SitePolicy.FIRST, entry(small))) {
      RunOutcome outcome = test.run(TOOL + "requirements: {'twinflow:Site': {site: hpc}}", "{}");
      assertThat(outcome.failure().orElseThrow().message()).contains("is only the site small");
    }
  }

  @Test
  void theWordOfTheRunForAStepCountsMoreThanTheHintAndThatMoreThanTheOneForAll() throws Exception {
    String cwl =
        TwoBranches.CWL.replace(
            "in: {text: text}\n    out: [said]\n    run: *echo",
            "hints: {'https://twinflow.io/cwl#Site': {site: big}}\n    in: {text: text}\n    out: [said]\n    run: *echo");
    RunOptions options = TwoBranches.UNCACHED.withSites(Map.of("", "small", "left", "big"));
    try (TestEngine test = open()) {
      TwoBranches.assertThatItSucceeded(test.run(cwl, TwoBranches.INPUTS, options));
      assertThat(submissions(test))
          .filteredOn(s -> s.reason().contains("--site left=big"))
          .singleElement()
          .satisfies(s -> assertThat(s.site()).isEqualTo("big"));
      assertThat(submissions(test))
          .filteredOn(s -> s.reason().contains("the hint at"))
          .singleElement()
          .satisfies(s -> assertThat(s.site()).isEqualTo("big"));
      assertThat(submissions(test))
          .filteredOn(s -> s.reason().contains("--site small"))
          .singleElement()
          .satisfies(s -> assertThat(s.site()).isEqualTo("small"));
    }
  }

  @Test
  void anOptionForASiteThatThereIsNotMakesNoRun() throws Exception {
    try (TestEngine test = open()) {
      RunOptions options = TwoBranches.UNCACHED.withSites(Map.of("left", "smal"));
      assertThatThrownBy(() -> test.submit(TOOL, "{}", options))
          .hasMessageContaining(
              "there is no site smal; expected one of small, big", "Did you mean");
      assertThat(test.engine.runs()).isEmpty();
    }
  }

  @Test
  void whatASiteLosesIsTriedAtAnother() throws Exception {
    NamedSite flaky = new NamedSite("flaky", 2, FakeExecutor.byHand());
    try (TestEngine test = open(SitePolicy.FIRST, entry(flaky), entry(big))) {
      RunOutcome outcome =
          test.execute(
              test.submit(TOOL, "{}", TwoBranches.UNCACHED),
              event -> {
                if (event instanceof Event.SubmissionConfirmed) {
                  flaky
                      .fake
                      .waiting()
                      .forEach(task -> flaky.fake.lose(task.attempt(), "node down"));
                }
              });
      assertThat(outcome.failure()).isEmpty();
      assertThat(submissions(test))
          .extracting(SubmissionIntended::site)
          .containsExactly("flaky", "big");
      assertThat(submissions(test).get(1).reason()).contains("no luck at flaky");
    }
  }

  @Test
  void whatWaitsTooLongIsMovedAndThatCostsNoRetry() throws Exception {
    NamedSite full = new NamedSite("full", 2, FakeExecutor.byHand());
    SiteTerms impatient =
        new SiteTerms(
            Integer.MAX_VALUE, Optional.of(Duration.ofMillis(1)), 0, List.of(), false, false);
    RunOptions noRetry =
        new RunOptions(
            RunOptions.OnError.STOP,
            false,
            Map.of(FailureKind.INFRASTRUCTURE, 0),
            0,
            RunOptions.ContainerUse.AUTO);
    try (TestEngine test =
        open(SitePolicy.FIRST, new ConfiguredSites.Entry(full, impatient), entry(big))) {
      assertThat(test.run(TOOL, "{}", noRetry).failure()).isEmpty();
      assertThat(submissions(test))
          .extracting(SubmissionIntended::site)
          .containsExactly("full", "big");
      assertThat(test.events(Event.AttemptFailed.class))
          .singleElement()
          .satisfies(moved ->
              assertThat(moved.failure().message()).contains("waited too long at site full"));
      assertThat(full.fake.toolRuns()).isZero();
    }
  }

  @Test
  void anEngineThatComesAfterACrashAsksTheSiteThatHasTheAttempt() throws Exception {
    NamedSite far = new NamedSite("far", 64, FakeExecutor.byHand());
    RunId run;
    try (TestEngine test = open(SitePolicy.FIRST, entry(small), entry(far))) {
      run = test.submit(TOOL, "{}", TwoBranches.UNCACHED.withSites(Map.of("", "far")));
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
    far.fake
        .waiting()
        .forEach(task -> {
          far.fake.start(task.attempt());
          far.fake.finish(task.attempt(), FakeEnd.success());
        });
    try (TestEngine test = open(SitePolicy.FIRST, entry(small), entry(far))) {
      assertThat(test.execute(run).failure()).isEmpty();
      assertThatItWentTo("far", "--site far names it", test);
      assertThat(far.fake.toolRuns()).isEqualTo(1);
      assertThat(small.fake.toolRuns()).isZero();
    }
  }

  @Test
  void whatIsAtASiteThatIsGoneFromTheConfigurationIsToldAndCanBeCancelled() throws Exception {
    NamedSite far = new NamedSite("far", 64, FakeExecutor.byHand());
    RunId run;
    try (TestEngine test = open(SitePolicy.FIRST, entry(small), entry(far))) {
      run = test.submit(TOOL, "{}", TwoBranches.UNCACHED.withSites(Map.of("", "far")));
      test.dies(
          run,
          envelope -> {
            if (envelope.event() instanceof Event.SubmissionConfirmed) {
              throw new Crash();
            }
          });
    }
    try (TestEngine test = open(SitePolicy.FIRST, entry(small))) {
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                if (event instanceof Event.NoticeGiven(String text, _)
                    && text.contains("site far")) {
                  test.engine.cancel(run, "it is gone");
                }
              });
      assertThat(outcome.state()).isEqualTo(RunState.CANCELLED);
      assertThat(test.events(Event.RunEnded.class).getFirst().leftBehind())
          .singleElement()
          .asString()
          .contains("at site far");
    }
  }
}
