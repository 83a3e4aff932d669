package io.twinflow.executors.serverless.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.serverless.attempts.Limits;
import io.twinflow.executors.serverless.attempts.Trial;
import io.twinflow.executors.serverless.functions.AwkwardGateway.Fault;
import io.twinflow.executors.testing.TaskBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What happens between an engine and a real function: nothing is lost, no tool runs twice. */
@Timeout(180)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_FUNCTIONS_URL", matches = ".+")
class FunctionFaultsIT {

  @TempDir private Path folder;
  private AwkwardGateway gateway;
  private Trial trial;
  private final List<Executor> open = new ArrayList<>();

  @BeforeEach
  void start() {
    gateway = new AwkwardGateway(URI.create(System.getenv("TWINFLOW_FUNCTIONS_URL")));
    trial = new Trial(folder);
  }

  @AfterEach
  void stop() {
    open.forEach(Executor::close);
    gateway.close();
  }

  private FunctionOptions options() {
    return FunctionOptions.at(gateway.uri(), folder.resolve("shared"))
        .withLimits(
            Limits.DEFAULT.withPoll(Duration.ofMillis(100)).withSettle(Duration.ofSeconds(1)));
  }

  private Executor open(FunctionOptions options) {
    Executor executor = FunctionSite.open(options);
    open.add(executor);
    return executor;
  }

  private void runsOnce(FunctionOptions options, String script) throws Exception {
    Executor executor = open(options);
    trial.succeeds(executor, executor.submit(trial.batch(trial.task(executor, script))));
  }

  @Test
  void aBusyFunctionIsCalledAgainWithTheSameIdWhenItSays() throws Exception {
    gateway.next(
        new Fault.Refuse(429, "1", "too many calls"), new Fault.Refuse(503, "", "is scaling"));
    long before = System.nanoTime();
    runsOnce(options(), "true");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(gateway.ids()).hasSize(3);
    assertThat(Set.copyOf(gateway.ids())).hasSize(1);
    assertThat(trial.heard()).anyMatch(words -> words.contains("too many calls"));
  }

  @Test
  void aCallThatNeverArrivedIsMadeAgain() throws Exception {
    gateway.next(new Fault.LoseCall(), new Fault.LoseCall());
    runsOnce(options(), "true");
    assertThat(Set.copyOf(gateway.ids())).hasSize(1);
  }

  @Test
  void anAnswerThatWasLostIsLookedUpAndNothingRunsAgain() throws Exception {
    gateway.next(new Fault.LoseAnswer(), new Fault.LoseAnswer(), new Fault.LoseAnswer());
    runsOnce(options(), "sleep 0.3");
    assertThat(gateway.ids()).hasSize(1);
  }

  @Test
  void aCallThatArrivesTwiceRunsOnce() throws Exception {
    gateway.next(new Fault.Twice());
    runsOnce(options(), "sleep 0.3");
    assertThat(gateway.answered()).contains("204");
  }

  @Test
  void aFunctionThatAnswersAtOnceIsKnownByItsResult() throws Exception {
    runsOnce(options().withAnswers(Answering.AT_ONCE), "sleep 0.3");
    assertThat(gateway.answered()).containsExactly("202");
  }

  @Test
  void eventsGoAsABodyToo() throws Exception {
    runsOnce(options().withMode(CloudEvent.Mode.STRUCTURED), "true");
  }

  @Test
  void aTokenThatIsRefusedParksTheWorkAndFailsNothing() throws Exception {
    AtomicReference<String> token = new AtomicReference<>("old");
    gateway.next(
        new Fault.Refuse(401, "", "the token is over"), new Fault.Refuse(401, "", "still over"));
    Executor executor =
        open(
            options()
                .withTokens(token::get)
                .withLimits(options().limits().withStartWithin(Duration.ZERO)));
    BatchHandle handle = executor.submit(trial.batch(trial.task(executor, "true")));
    trial.untilHeard(executor, handle, "the token is over");
    token.set("new");
    trial.succeeds(executor, handle);
  }

  @Test
  void aFunctionThatIsNotThereFailsTheStepInItsWords() throws Exception {
    gateway.next(new Fault.Refuse(404, "", "no route twinflow in namespace twins"));
    Executor executor = open(options());
    TaskBuilder task = trial.task(executor, "true");
    BatchHandle handle = executor.submit(trial.batch(task));
    Outcome.Failed failed = Trial.failure(trial.end(executor, handle, task.build().attempt()));
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason()).contains("no route twinflow in namespace twins").contains("404");
    assertThat(trial.runs(task.build().attempt())).isZero();
  }

  @Test
  void aStepThatNoFunctionRunsIsRefusedWithTheNamesThatThereAre() throws Exception {
    Executor executor = open(options().withFunctions(java.util.Map.of("simulate", gateway.uri())));
    TaskBuilder task = trial.task(executor, "true");
    BatchHandle handle = executor.submit(trial.batch(task));
    Outcome.Failed failed = Trial.failure(trial.end(executor, handle, task.build().attempt()));
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason()).contains("simulate").contains("contract");
  }

  @Test
  void anEngineThatDiesIsFollowedByOneThatCallsNothingTwice() throws Exception {
    Executor first = open(options());
    TaskBuilder task = trial.task(first, "sleep 1");
    var batch = trial.batch(task);
    BatchHandle handle = first.submit(batch);
    trial.until(first, handle, Trial::runs);
    first.close();
    Executor second = open(options());
    BatchHandle found =
        second
            .find(batch.key(), batch.tasks().stream().map(TaskSpec::attempt).toList())
            .orElseThrow();
    trial.succeeds(second, found);
    assertThat(gateway.ids()).hasSize(1);
  }

  @Test
  void anAdministratorIsToldWhetherFunctionsAnswer() {
    Executor executor =
        open(
            options()
                .withFunctions(
                    java.util.Map.of(
                        "here", gateway.uri(), "gone", URI.create("http://127.0.0.1:1/"))));
    List<Finding> findings = executor.check();
    assertThat(findings)
        .anyMatch(f -> f.about().equals("function here") && f.level() == Finding.Level.GOOD)
        .anyMatch(f -> f.about().equals("function gone") && f.level() == Finding.Level.PROBLEM);
  }
}
