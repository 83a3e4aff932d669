package io.twinflow.executors.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FakeExecutorTest extends ExecutorContract {

  private final FakeExecutor shared = FakeExecutor.endingSome(FakeExecutorTest::interpret);

  /** Just enough of a shell for the parts of the contract that need no real one. */
  private static Optional<FakeEnd> interpret(TaskSpec task) {
    List<String> command = task.command();
    if (command.get(0).equals("sleep")) {
      return Optional.empty();
    }
    String last = command.get(command.size() - 1);
    return Optional.of(
        last.startsWith("exit ")
            ? FakeEnd.exit(Integer.parseInt(last.substring(5)))
            : FakeEnd.success());
  }

  @Override
  protected Executor open(Path scratch) {
    return shared;
  }

  @Override
  protected Set<Feature> without() {
    return EnumSet.allOf(Feature.class);
  }

  private static TaskSpec task(FakeExecutor executor, long number) {
    AttemptKey key = new AttemptKey("i", "r", number, 1);
    return new TaskBuilder(key, executor.layout(key, false), List.of("tool"), null).build();
  }

  @Test
  void aTestDecidesWhenAndHowAnAttemptEnds() throws Exception {
    FakeExecutor executor = FakeExecutor.byHand();
    TaskSpec task = task(executor, 1);
    BatchHandle handle = executor.submit(new Batch(new BatchKey("i", "r", 1), List.of(task)));
    assertThat(executor.observe(List.of(handle), Duration.ZERO)).hasSize(1);
    assertThat(executor.observe(List.of(handle), Duration.ZERO)).isEmpty();
    executor.finish(task.attempt(), FakeEnd.exit(3).withFile("d/out.txt", "text"));
    assertThat(executor.observe(List.of(handle), Duration.ZERO))
        .singleElement()
        .extracting(Observation::state)
        .isInstanceOfSatisfying(
            TaskState.Ended.class,
            e -> assertThat(e.result().outcome()).isEqualTo(new Outcome.Exited(3)));
    OutputFolder outputs = executor.outputs(task);
    assertThat(outputs.glob("d/*.txt")).singleElement().extracting("name").isEqualTo("out.txt");
    assertThat(outputs.list(outputs.glob("d").get(0))).hasSize(1);
  }

  @Test
  void aLostAnswerLeavesABatchThatCanBeFound() throws Exception {
    FakeExecutor executor = FakeExecutor.instant();
    executor.faults().loseNextAnswer();
    Batch batch = new Batch(new BatchKey("i", "r", 1), List.of(task(executor, 1)));
    assertThatThrownBy(() -> executor.submit(batch))
        .isInstanceOfSatisfying(
            SiteException.class,
            e -> assertThat(e.certainty()).isEqualTo(SiteException.Certainty.UNKNOWN));
    assertThat(executor.find(batch.key(), List.of())).isPresent();
    assertThat(executor.toolRuns()).isEqualTo(1);
  }

  @Test
  void aLostRequestLeavesNothing() throws Exception {
    FakeExecutor executor = FakeExecutor.instant();
    executor.faults().loseNextRequest();
    Batch batch = new Batch(new BatchKey("i", "r", 1), List.of(task(executor, 1)));
    assertThatThrownBy(() -> executor.submit(batch)).isInstanceOf(SiteException.class);
    assertThat(executor.find(batch.key(), List.of())).isEmpty();
    assertThat(executor.toolRuns()).isZero();
  }

  @Test
  void anAttemptStartedTwiceRunsItsToolOnce() throws Exception {
    FakeExecutor executor = FakeExecutor.instant();
    executor.faults().startTwice(true);
    executor.submit(new Batch(new BatchKey("i", "r", 1), List.of(task(executor, 1))));
    assertThat(executor.toolRuns()).isEqualTo(1);
  }

  @Test
  void newsComeLateAndTwiceWhenATestWantsIt() throws Exception {
    FakeExecutor executor = FakeExecutor.instant();
    executor.faults().holdNews(true);
    TaskSpec task = task(executor, 1);
    BatchHandle handle = executor.submit(new Batch(new BatchKey("i", "r", 1), List.of(task)));
    assertThat(executor.observe(List.of(handle), Duration.ZERO)).isEmpty();
    executor.faults().holdNews(false);
    List<Observation> first = executor.observe(List.of(handle), Duration.ZERO);
    executor.tellAgain(task.attempt());
    assertThat(executor.observe(List.of(handle), Duration.ZERO)).isEqualTo(first).hasSize(1);
  }

  @Test
  void aSiteThatIsDownRefusesEveryCall() {
    FakeExecutor executor = FakeExecutor.instant();
    executor.faults().siteIsDown(true);
    assertThatThrownBy(() -> executor.cancel(List.of())).isInstanceOf(SiteException.class);
    assertThatThrownBy(() -> executor.observe(List.of(), Duration.ZERO))
        .isInstanceOf(SiteException.class);
  }

  @Test
  void aHundredThousandTasksPassQuicklyAndLeaveNothingBehind() throws Exception {
    FakeExecutor executor = FakeExecutor.instant();
    for (int b = 1; b <= 100; b++) {
      List<TaskSpec> tasks = new ArrayList<>();
      for (int i = 1; i <= 1000; i++) {
        tasks.add(task(executor, b * 1000L + i));
      }
      BatchHandle handle = executor.submit(new Batch(new BatchKey("i", "r", b), tasks));
      assertThat(executor.observe(List.of(handle), Duration.ZERO)).hasSize(1000);
      executor.release(handle.attempts());
    }
    assertThat(executor.toolRuns()).isEqualTo(100_000);
    assertThat(executor.waiting()).isEmpty();
  }
}
