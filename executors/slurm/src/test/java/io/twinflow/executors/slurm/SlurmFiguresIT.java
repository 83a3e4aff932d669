package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What this client costs beside what Slurm itself can do, in one run on one machine: the bare loop
 * and the executor submit to the same slurmrestd, in turn. Written into {@code
 * docs/figures/slurm.md}.
 */
@Tag("long")
@Timeout(1800)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmFiguresIT {

  private static final int JOBS = 300;
  private static final int ROUNDS = 3;
  private static final int CALLERS = 4;
  private static final int ARRAY = 1_000;
  private static final int IN_FLIGHT = 10_000;
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration USUAL_POLL = Duration.ofSeconds(15);
  private static final double MIB = 1 << 20;

  @TempDir private Path root;
  @TempDir private Path peers;
  private final String run = "g" + Long.toString(System.nanoTime(), 36);
  private OwnSlurm slurm;
  private CountingProxy proxy;
  private long tasks;
  private long batches;

  @BeforeEach
  void start() throws Exception {
    slurm = OwnSlurm.start(peers, Map.of("TWINFLOW_SLURM_MAX_ARRAY_SIZE", "10001"));
    proxy = new CountingProxy(slurm.uri());
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    slurm.close();
  }

  private SlurmExecutor open(SlurmOptions.Jobs jobs, Duration poll) {
    SlurmOptions options = slurm.options(root.resolve("shared"));
    return new SlurmExecutor(
            new SlurmOptions(
                "slurm",
                proxy.uri(),
                options.user(),
                options.tokens(),
                options.root(),
                jobs,
                poll,
                null,
                SlurmOptions.History.NONE))
        .withKnownSize();
  }

  private static SlurmOptions.Jobs arrays() {
    return SlurmOptions.Jobs.PLAIN.withMaxArraySize(10_001);
  }

  private TaskSpec task(SlurmExecutor executor) {
    AttemptKey key = new AttemptKey("figures", run, ++tasks, 1);
    return new TaskBuilder(key, executor.layout(key, false), List.of("true"), null).build();
  }

  private Batch batch(SlurmExecutor executor, int size) {
    List<TaskSpec> specs = IntStream.range(0, size).mapToObj(i -> task(executor)).toList();
    return new Batch(new BatchKey("figures", run, ++batches), specs);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private void end(SlurmExecutor executor, List<BatchHandle> handles) throws Exception {
    Set<AttemptKey> open = new HashSet<>();
    handles.forEach(handle -> open.addAll(handle.attempts()));
    while (!open.isEmpty()) {
      for (Observation o : executor.observe(handles, Duration.ofSeconds(5))) {
        if (o.state() instanceof TaskState.Ended || o.state() instanceof TaskState.Lost) {
          open.remove(o.attempt());
        }
      }
    }
  }

  /** Held jobs: what they do when they run is nothing to their submission. */
  private static SlurmOptions.Jobs held() {
    return new SlurmOptions.Jobs(
        null, null, null, null, null, 0, 10_001, null, Map.of("hold", "true"));
  }

  private interface Call {
    void run() throws Exception;
  }

  /** Jobs per second, by so many callers at once. */
  private static double rate(int callers, List<Call> calls) throws Exception {
    Queue<Call> left = new ConcurrentLinkedQueue<>(calls);
    long begin = System.nanoTime();
    try (var scope = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        all.add(
            scope.submit(() -> {
              for (Call call = left.poll(); call != null; call = left.poll()) {
                call.run();
              }
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    return calls.size() / seconds(begin);
  }

  /** Submissions of one job each, with nothing about them. */
  private double bareSubmissions(int callers) throws Exception {
    Slurm bare = new Slurm(new SlurmRest(throughProxy()), held());
    bare.nodes();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      Submission what =
          new Submission(
              "bare",
              "bare/" + i,
              "#!/bin/sh\nexec true\n",
              root.toString(),
              0,
              1,
              1,
              1,
              16,
              0,
              null);
      calls.add(() -> bare.submit(what));
    }
    double rate = rate(callers, calls);
    slurm.peer("controller", "forget");
    return rate;
  }

  private double ownSubmissions(int callers) throws Exception {
    try (SlurmExecutor executor = open(held(), USUAL_POLL)) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        Batch batch = batch(executor, 1);
        calls.add(() -> executor.submit(batch));
      }
      double rate = rate(callers, calls);
      slurm.peer("controller", "forget");
      return rate;
    }
  }

  /** From the first submission to the last end, of jobs that do nothing, each submitted alone. */
  private double bareToEnd() throws Exception {
    Slurm bare = new Slurm(new SlurmRest(throughProxy()), SlurmOptions.Jobs.PLAIN);
    long begin = System.nanoTime();
    for (int i = 0; i < ARRAY; i++) {
      bare.submit(
          new Submission(
              "bare",
              "bare/" + i,
              "#!/bin/sh\nexec true\n",
              root.toString(),
              0,
              1,
              1,
              1,
              16,
              0,
              null));
    }
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(POLL)
        .until(() -> slurm.program("squeue", "--noheader").isEmpty());
    double took = seconds(begin);
    slurm.peer("controller", "forget");
    return ARRAY / took;
  }

  private SlurmOptions throughProxy() {
    SlurmOptions options = slurm.options(root.resolve("shared"));
    return new SlurmOptions(
        "slurm",
        proxy.uri(),
        options.user(),
        options.tokens(),
        options.root(),
        options.jobs(),
        options.poll(),
        null,
        SlurmOptions.History.NONE);
  }

  /**
   * @param toEnd jobs that have ended, per second from the submission on
   */
  private record Array(double submitted, double toEnd, long submits, long lists) {}

  private Array array() throws Exception {
    try (SlurmExecutor executor = open(arrays(), POLL)) {
      Batch batch = batch(executor, ARRAY);
      proxy.forget();
      long begin = System.nanoTime();
      BatchHandle handle = executor.submit(batch);
      double took = seconds(begin);
      end(executor, List.of(handle));
      double all = seconds(begin);
      return new Array(
          ARRAY / took, ARRAY / all, proxy.count("POST"), proxy.count("GET /slurm/v0.0.38/jobs"));
    }
  }

  private static double used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
  }

  /** Held, so that all of them are there at the same time. */
  private double[] inFlight() throws Exception {
    try (SlurmExecutor executor = open(held(), POLL)) {
      List<TaskSpec> specs = IntStream.range(0, IN_FLIGHT).mapToObj(i -> task(executor)).toList();
      List<AttemptKey> attempts = specs.stream().map(TaskSpec::attempt).toList();
      double before = used();
      BatchHandle handle =
          executor.submit(new Batch(new BatchKey("figures", run, ++batches), specs));
      Set<AttemptKey> queued = new HashSet<>();
      while (queued.size() < IN_FLIGHT) {
        executor
            .observe(List.of(handle), Duration.ofSeconds(5))
            .forEach(o -> queued.add(o.attempt()));
      }
      queued.clear();
      double after = used();
      proxy.forget();
      executor.cancel(attempts);
      long deletes = proxy.count("DELETE");
      end(executor, List.of(handle));
      assertThat(specs).hasSize(IN_FLIGHT);
      return new double[] {after - before, deletes};
    }
  }

  @Test
  void whatItCostsBesideSlurmItself() throws Exception {
    Map<Integer, List<Double>> bare = new TreeMap<>();
    Map<Integer, List<Double>> own = new TreeMap<>();
    bareSubmissions(1);
    ownSubmissions(1);
    for (int round = 0; round < ROUNDS; round++) {
      for (int callers : List.of(1, CALLERS)) {
        bare.computeIfAbsent(callers, c -> new ArrayList<>()).add(bareSubmissions(callers));
        own.computeIfAbsent(callers, c -> new ArrayList<>()).add(ownSubmissions(callers));
      }
    }
    Array array = array();
    double toEnd = bareToEnd();
    double[] flight = inFlight();
    StringBuilder rows = new StringBuilder();
    row(rows, "bare loop, a job a call", "%.0f jobs/s submitted".formatted(median(bare.get(1))));
    row(
        rows,
        "executor, a batch of one job a call",
        "%.0f jobs/s submitted, %.2f of the bare loop"
            .formatted(median(own.get(1)), median(own.get(1)) / median(bare.get(1))));
    row(
        rows,
        CALLERS + " bare loops at once",
        "%.0f jobs/s submitted".formatted(median(bare.get(CALLERS))));
    row(
        rows,
        "executor, " + CALLERS + " callers at once, as the engine calls it",
        "%.0f jobs/s submitted, %.2f of the bare loops"
            .formatted(
                median(own.get(CALLERS)), median(own.get(CALLERS)) / median(bare.get(CALLERS))));
    row(
        rows,
        "executor, one batch of %,d jobs as an array".formatted(ARRAY),
        "%.0f jobs/s submitted, in %d call".formatted(array.submitted(), array.submits()));
    row(
        rows,
        "%,d jobs from their submission to their observed end, bare loop of jobs that do nothing"
            .formatted(ARRAY),
        "%.0f jobs/s".formatted(toEnd));
    row(
        rows,
        "the same as one batch of tasks of the executor",
        "%.0f jobs/s".formatted(array.toEnd()));
    row(rows, "requests for states for these", "%d".formatted(array.lists()));
    row(
        rows,
        "heap with %,d tasks waiting at Slurm, beside what their caller holds".formatted(IN_FLIGHT),
        "%.1f MiB".formatted(flight[0]));
    row(rows, "calls to cancel these", "%.0f".formatted(flight[1]));
    write(rows.toString());
    assertThat(array.submitted())
        .as("jobs/s by an array")
        .isGreaterThan(3 * median(bare.get(CALLERS)));
    assertThat(array.submits()).isEqualTo(1);
    assertThat(flight[1]).as("calls that cancel").isEqualTo(1);
  }

  private static void row(StringBuilder rows, String what, String figure) {
    rows.append("| ").append(what).append(" | ").append(figure).append(" |\n");
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static void write(String rows) throws Exception {
    String text =
        String.format(
            Locale.ROOT,
            """
            # Slurm: this client beside the bare interface

            Made by `SlurmFiguresIT`. Slurm 22.05, slurmrestd, this client and the jobs share one machine. The bare loop
            posts jobs to the same slurmrestd in the same run, in turn with the executor: %d jobs each, held so that
            none runs beside the measurement, and then forgotten by Slurm; median of %d rounds. For each batch the executor writes down what it
            submits, and for each task its folder. States are asked every %d s, and in the second half of the table
            every %d s.

            - %s
            - %d processors; load at the end %.1f

            | what | figure |
            |---|---|
            %s\
            """,
            JOBS,
            ROUNDS,
            USUAL_POLL.toSeconds(),
            POLL.toSeconds(),
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
            rows);
    String folder = System.getenv("TWINFLOW_FIGURES");
    if (folder != null) {
      Files.writeString(Path.of(folder).resolve("slurm.md"), text);
    }
    System.getLogger(SlurmFiguresIT.class.getName()).log(System.Logger.Level.INFO, text);
  }
}
