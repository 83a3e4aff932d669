package io.twinflow.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.Engine.RunRequest;
import io.twinflow.engine.core.EngineConfig;
import io.twinflow.engine.core.Engines;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;

/** An engine with its journal in a database and a site that does nothing and ends at once. */
final class DurableEngine implements AutoCloseable {

  /** As many as a server takes in at a time. */
  private static final int SUBMITTERS = 6;

  private static final String TOOL =
      """
          run:
            class: CommandLineTool
            baseCommand: 'true'
            inputs: {number: int}
            outputs: {number: {type: int, outputBinding: {outputEval: $(inputs.number)}}}
      """;

  private final Path folder;
  private final HikariDataSource pool;
  private final Instance instance;
  private final PostgresJournalStore store;
  private final Engine engine;
  private final CommitFigures figures = new CommitFigures();

  DurableEngine(TestDatabase database, Path folder) throws Exception {
    this.folder = folder;
    pool = database.newPool();
    instance =
        Instance.join(database.source(), "bench", "default", Duration.ofSeconds(60), figures);
    store = new PostgresJournalStore(pool, database.source(), instance, figures);
    engine =
        Engines.open(EngineConfig.standard(folder.resolve("home"), FakeExecutor.instant()), store);
  }

  CommitFigures figures() {
    return figures;
  }

  /** One step for each of so many numbers. */
  void scatter(int shards) throws Exception {
    List<Value> numbers =
        LongStream.range(0, shards).mapToObj(n -> (Value) new IntegerValue(n)).toList();
    String text =
        """
        class: Workflow
        cwlVersion: v1.2
        requirements: {ScatterFeatureRequirement: {}}
        inputs: {numbers: 'int[]'}
        outputs: {result: {type: 'int[]', outputSource: each/number}}
        steps:
          each:
            in: {number: numbers}
            scatter: number
            out: [number]
        """
            + TOOL;
    execute(submit(load(text), Map.of("numbers", new ListValue(numbers))));
  }

  /** So many runs at once, each of so many steps that follow each other. */
  void chains(int runs, int steps) throws Exception {
    WorkflowDocument workflow = load(chain(steps));
    Semaphore gate = new Semaphore(SUBMITTERS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        IntegerValue number = new IntegerValue(i);
        ends.add(
            threads.submit(() -> {
              gate.acquire();
              RunId run;
              try {
                run = submit(workflow, Map.of("number", number));
              } finally {
                gate.release();
              }
              execute(run);
              return null;
            }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
  }

  private static String chain(int steps) {
    StringBuilder text =
        new StringBuilder(
            """
            class: Workflow
            cwlVersion: v1.2
            inputs: {number: int}
            outputs: {result: {type: int, outputSource: s%d/number}}
            steps:
            """
                .formatted(steps));
    for (int i = 1; i <= steps; i++) {
      String from = i == 1 ? "number" : "s" + (i - 1) + "/number";
      text.append("  s%d:\n    in: {number: %s}\n    out: [number]\n".formatted(i, from))
          .append(TOOL);
    }
    return text.toString();
  }

  private WorkflowDocument load(String cwl) throws Exception {
    Path file = folder.resolve("workflow.cwl");
    Files.writeString(file, cwl);
    return CwlLoader.load(file.toString(), LoadOptions.defaults());
  }

  private RunId submit(WorkflowDocument workflow, Map<String, Value> inputs) throws Exception {
    RunOptions usual = RunOptions.DEFAULT;
    RunOptions uncached =
        new RunOptions(
            usual.onError(),
            false,
            usual.retries(),
            usual.temporaryFailRetries(),
            usual.containers());
    return engine.submit(
        new RunRequest(workflow, new RecordValue(inputs), uncached, Map.of(), Optional.empty()));
  }

  private void execute(RunId run) throws Exception {
    RunOutcome outcome = engine.execute(run, event -> {});
    assertThat(outcome.state()).as("%s", outcome.failure()).isEqualTo(RunState.SUCCEEDED);
  }

  @Override
  public void close() {
    engine.close();
    store.close();
    instance.close();
    pool.close();
  }
}
