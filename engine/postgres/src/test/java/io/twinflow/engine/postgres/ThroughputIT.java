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
import io.twinflow.executors.testing.FakeEnd;
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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a step costs when it is durable; the site does nothing and ends at once. */
final class ThroughputIT {

  private static final String SCATTER =
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
          run:
            class: CommandLineTool
            baseCommand: 'true'
            inputs: {number: int}
            outputs: {number: {type: int, outputBinding: {outputEval: $(inputs.number)}}}
      """;

  @RegisterExtension private final TestDatabase database = new TestDatabase();
  @TempDir private Path folder;

  private final CommitFigures figures = new CommitFigures();
  private HikariDataSource pool;
  private Instance instance;
  private PostgresJournalStore store;
  private Engine engine;

  @BeforeEach
  void start() throws Exception {
    pool = database.newPool();
    instance =
        Instance.join(database.source(), "throughput", "default", Duration.ofSeconds(60), figures);
    store = new PostgresJournalStore(pool, database.source(), instance, figures);
    FakeExecutor site = FakeExecutor.ending(task -> FakeEnd.success());
    engine = Engines.open(EngineConfig.standard(folder.resolve("home"), site), store);
  }

  @AfterEach
  void stop() {
    engine.close();
    store.close();
    instance.close();
    pool.close();
  }

  private WorkflowDocument load(String cwl) throws Exception {
    Path file = folder.resolve("workflow.cwl");
    Files.writeString(file, cwl);
    return CwlLoader.load(file.toString(), LoadOptions.defaults());
  }

  private static RunOptions uncached() {
    RunOptions usual = RunOptions.DEFAULT;
    return new RunOptions(
        usual.onError(), false, usual.retries(), usual.temporaryFailRetries(), usual.containers());
  }

  private RunId submit(WorkflowDocument workflow, RecordValue inputs) throws Exception {
    return engine.submit(new RunRequest(workflow, inputs, uncached(), Map.of(), Optional.empty()));
  }

  private void execute(RunId run) throws Exception {
    RunOutcome outcome = engine.execute(run, event -> {});
    assertThat(outcome.state()).as("%s", outcome.failure()).isEqualTo(RunState.SUCCEEDED);
  }

  /** Seconds for a scatter of so many. */
  private double scatter(int shards) throws Exception {
    List<Value> numbers =
        LongStream.range(0, shards).mapToObj(n -> (Value) new IntegerValue(n)).toList();
    WorkflowDocument workflow = load(SCATTER);
    long start = System.nanoTime();
    execute(submit(workflow, new RecordValue(Map.of("numbers", new ListValue(numbers)))));
    return (System.nanoTime() - start) / 1e9;
  }

  /** So many steps one after the other. */
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
      text.append(
          """
            s%d:
              in: {number: %s}
              out: [number]
              run:
                class: CommandLineTool
                baseCommand: 'true'
                inputs: {number: int}
                outputs: {number: {type: int, outputBinding: {outputEval: $(inputs.number)}}}
          """
              .formatted(i, i == 1 ? "number" : "s" + (i - 1) + "/number"));
    }
    return text.toString();
  }

  /** Seconds for so many runs of ten steps at once. */
  private double runs(int runs) throws Exception {
    WorkflowDocument workflow = load(chain(10));
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        RunId run = submit(workflow, new RecordValue(Map.of("number", new IntegerValue(i))));
        ends.add(
            threads.submit(() -> {
              execute(run);
              return null;
            }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private long number(String query) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** All transactions in this database, of whatever kind; most are of one statement. */
  private long transactions() throws SQLException {
    return number(
        "SELECT pg_stat_get_db_xact_commit(oid) FROM pg_database WHERE datname = current_database()");
  }

  /** Seconds for so many rows of this size by a bare loop, with a commit per batch. */
  private double floor(long rows, int bytes, int batch) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE bare (run text, sequence bigint, line bytea, PRIMARY KEY (run, sequence))");
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO bare VALUES (?, ?, ?)")) {
        byte[] line = new byte[bytes];
        for (long i = 1; i <= rows; i++) {
          insert.setString(1, "20261120-093012-k3x9qa");
          insert.setLong(2, i);
          insert.setBytes(3, line);
          insert.addBatch();
          if (i % batch == 0) {
            insert.executeBatch();
            connection.commit();
          }
        }
        insert.executeBatch();
        connection.commit();
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  @Test
  void aTaskCostsAFractionOfACommit() throws Exception {
    int tasks = 2_000;
    long before = transactions();
    scatter(tasks);
    assertThat(figures.commits()).as("commits of appends").isLessThan(tasks / 10);
    assertThat(transactions() - before).as("transactions of any kind").isLessThan(tasks / 10);
  }

  @Test
  @Tag("long")
  void figures() throws Exception {
    scatter(2_000);
    StringBuilder table =
        new StringBuilder(
            "| what | tasks | s | tasks/s | commits/task | floor s | ratio |\n|---|---|---|---|---|---|---|\n");
    double tenth = 0;
    for (int shards : new int[] {1_000, 10_000, 100_000}) {
      long commits = figures.commits();
      double seconds = scatter(shards);
      row(table, "scatter", shards, seconds, figures.commits() - commits);
      if (shards == 10_000) {
        tenth = seconds;
      }
      if (shards == 100_000) {
        table.append(
            "\n100,000 shards take %.2f times ten times 10,000.\n\n"
                .formatted(seconds / tenth / 10));
      }
    }
    long commits = figures.commits();
    double seconds = runs(1_000);
    row(table, "1,000 runs of 10 steps at once", 10_000, seconds, figures.commits() - commits);
    String figures = System.getenv("TWINFLOW_FIGURES");
    if (figures != null) {
      Files.writeString(Path.of(figures).resolve("durable.md"), table.toString());
    }
    System.getLogger(ThroughputIT.class.getName()).log(System.Logger.Level.INFO, table.toString());
  }

  private void row(StringBuilder table, String what, int tasks, double seconds, long commits)
      throws SQLException {
    long events = number("SELECT sum(last - first + 1) FROM journal");
    long bytes = number("SELECT sum(octet_length(lines)) FROM journal") / Math.max(1, events);
    double floor = floor(events, (int) bytes, 500);
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %.2f | %.0f | %.3f | %.2f | %.1f |%n",
            what,
            tasks,
            seconds,
            tasks / seconds,
            (double) commits / tasks,
            floor,
            seconds / floor));
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE bare");
      statement.execute("TRUNCATE journal");
    }
  }
}
