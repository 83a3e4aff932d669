package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.AttemptFailed;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.RunOptions.ContainerUse;
import io.twinflow.engine.core.event.Event.RunOptions.OnError;
import io.twinflow.engine.core.event.Event.SubmissionIntended;
import io.twinflow.engine.core.event.Event.TaskSucceeded;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.core.site.Raise;
import io.twinflow.engine.core.site.SitePolicy;
import io.twinflow.engine.core.site.SiteTerms;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that had too little memory or time, at sites that give more. */
@Timeout(30)
final class RaisedTasksTest {

  private static final String TOOL =
      """
      class: CommandLineTool
      cwlVersion: v1.2
      requirements: {ResourceRequirement: {ramMin: 400}}
      baseCommand: simulate
      arguments: [$(runtime.ram)]
      inputs: {}
      outputs: {}
      """;

  private static final Raise RAISE = new Raise(2, 4000, Duration.ofHours(3));
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private final List<TaskSpec> submitted = new ArrayList<>();

  private static FakeEnd outOf(Shortage shortage) {
    return new FakeEnd(
        new Outcome.Failed(FailureKind.RESOURCES, "job 7 ended early", shortage), Map.of(), "", "");
  }

  private static FakeEnd needsMemory(TaskSpec task, long memoryMiB) {
    return task.resources().memoryMiB() < memoryMiB
        ? outOf(new Shortage.Memory())
        : FakeEnd.success();
  }

  private NamedSite site(Function<TaskSpec, FakeEnd> tool) {
    return new NamedSite(
        "hpc",
        64,
        FakeExecutor.ending(task -> {
          submitted.add(task);
          return tool.apply(task);
        }));
  }

  private TestEngine open(NamedSite site, Raise raise) throws Exception {
    SiteTerms terms =
        new SiteTerms(Integer.MAX_VALUE, Optional.empty(), 0, List.of(), false, false, raise);
    return new TestEngine(
        folder,
        Engines.open(
            TestEngine.config(folder, site)
                .withSites(
                    new ConfiguredSites(
                        List.of(new ConfiguredSites.Entry(site, terms)), SitePolicy.FIRST))));
  }

  private static RunOptions retries(int resources) {
    return new RunOptions(
        OnError.STOP, false, Map.of(FailureKind.RESOURCES, resources), 0, ContainerUse.AUTO);
  }

  private List<Long> memory() {
    return submitted.stream().map(task -> task.resources().memoryMiB()).toList();
  }

  @Test
  void whatRunsOutOfMemoryIsTriedAgainWithMoreAndTheToolSeesIt() throws Exception {
    try (TestEngine test = open(site(task -> needsMemory(task, 1600)), RAISE)) {
      assertThat(test.run(TOOL, "{}").failure()).isEmpty();
      assertThat(memory()).containsExactly(400L, 800L, 1600L);
      assertThat(submitted.getLast().command()).containsExactly("simulate", "1600");
      assertThat(test.events(SubmissionIntended.class))
          .extracting(SubmissionIntended::reason)
          .containsExactly(
              "",
              "with 800 MiB of memory, as 400 MiB were too little",
              "with 1.6 GiB of memory, as 800 MiB were too little");
      assertThat(test.events(AttemptFailed.class).getFirst().failure().message())
          .contains("job 7 ended early", "it is tried again with 800 MiB of memory, as 400 MiB");
    }
  }

  @Test
  void itEndsWithTheMostThatTheSiteGives() throws Exception {
    try (TestEngine test = open(site(task -> needsMemory(task, 5000)), RAISE)) {
      Failure failure = test.run(TOOL, "{}").failure().orElseThrow();
      assertThat(memory()).containsExactly(400L, 800L, 1600L, 3200L, 4000L);
      assertThat(failure.kind()).isEqualTo(FailureKind.RESOURCES);
      assertThat(failure.message())
          .contains("job 7 ended early; it had 3.9 GiB of memory, and the site's raise: ends at");
    }
  }

  @Test
  void aRaiseChangesNothingOfHowTheCallCacheKnowsTheTask() throws Exception {
    List<Event.@Nullable CacheKey> keys = new ArrayList<>();
    for (long needed : List.of(1600L, 1L)) {
      try (TestEngine test = open(site(task -> needsMemory(task, needed)), RAISE)) {
        test.run(TOOL, "{}");
        keys.add(test.events(TaskSucceeded.class).getFirst().cacheKey());
      }
    }
    assertThat(keys.getFirst()).isNotNull();
    assertThat(keys.getLast()).isEqualTo(keys.getFirst());
    // The second run had it from the first one.
    assertThat(memory()).containsExactly(400L, 800L, 1600L);
  }

  @Test
  void anEngineThatComesAfterACrashGivesAsMuch() throws Exception {
    NamedSite site = site(task -> needsMemory(task, 800));
    RunId run;
    try (TestEngine test = open(site, RAISE)) {
      run = test.submit(TOOL, "{}", TwoBranches.UNCACHED);
      assertThat(
              test.dies(
                  run,
                  envelope -> {
                    if (envelope.event() instanceof AttemptFailed) {
                      throw new Crash();
                    }
                  }))
          .isTrue();
    }
    // Whatever the configuration says by now.
    try (TestEngine test = open(site, Raise.NONE)) {
      assertThat(test.execute(run).failure()).isEmpty();
      assertThat(memory()).containsExactly(400L, 800L);
    }
  }

  @Test
  void theTimeOfASiteIsRaisedAndTheToolsOwnIsNot() throws Exception {
    Function<TaskSpec, FakeEnd> slow =
        task -> {
          Duration has = task.resources().time() == null ? HOUR : task.resources().time();
          return has.compareTo(HOUR.multipliedBy(2)) > 0
              ? FakeEnd.success()
              : outOf(new Shortage.Time(has));
        };
    try (TestEngine test = open(site(slow), RAISE)) {
      assertThat(test.run(TOOL, "{}", TwoBranches.UNCACHED).failure()).isEmpty();
      assertThat(submitted)
          .extracting(task -> task.resources().time())
          .containsExactly(null, Duration.ofHours(2), Duration.ofHours(3));
      assertThat(memory()).containsOnly(400L);
      submitted.clear();
      String limited =
          TOOL.replace("{ramMin: 400}", "{ramMin: 400}, ToolTimeLimit: {timelimit: 9}");
      RunOutcome outcome = test.run(limited, "{}", TwoBranches.UNCACHED);
      assertThat(outcome.failure()).isPresent();
      assertThat(submitted).hasSize(1);
    }
  }

  @Test
  void whereNobodyConfiguredItOrTheRunWantsNoneNothingIsRaised() throws Exception {
    try (TestEngine test = open(site(task -> needsMemory(task, 800)), Raise.NONE)) {
      assertThat(test.run(TOOL, "{}", TwoBranches.UNCACHED).failure()).isPresent();
      assertThat(test.run(TOOL, "{}", retries(1)).failure()).isPresent();
      assertThat(memory()).containsExactly(400L, 400L, 400L);
    }
    submitted.clear();
    try (TestEngine test = open(site(task -> needsMemory(task, 800)), RAISE)) {
      assertThat(test.run(TOOL, "{}", retries(0)).failure()).isPresent();
      assertThat(memory()).containsExactly(400L);
    }
  }

  @Test
  void raisesUseNoRetriesUp() throws Exception {
    Function<TaskSpec, FakeEnd> tool =
        task ->
            task.attempt().attempt() == 3
                ? FakeEnd.failure(FailureKind.RESOURCES, "the disk is full")
                : needsMemory(task, 1600);
    try (TestEngine test = open(site(tool), RAISE)) {
      assertThat(test.run(TOOL, "{}", retries(1)).failure()).isEmpty();
      assertThat(memory()).containsExactly(400L, 800L, 1600L, 1600L);
    }
  }

  @Test
  void noMoreIsAskedForThanTheSiteHas() throws Exception {
    Raise beyond = new Raise(4, 1L << 40, Duration.ZERO);
    try (TestEngine test = open(site(task -> needsMemory(task, 1L << 40)), beyond)) {
      assertThat(test.run(TOOL, "{}").failure().orElseThrow().message())
          .contains("or at its largest machine");
      assertThat(memory()).endsWith(25_600L, 64_000L);
    }
  }
}
