package io.twinflow.executors.slurm;

import static io.twinflow.executors.slurm.SubmitInTurns.What.BARE;
import static io.twinflow.executors.slurm.SubmitInTurns.What.IDLE;
import static io.twinflow.executors.slurm.SubmitInTurns.What.OWN;
import static io.twinflow.executors.slurm.SubmitInTurns.What.WRITE;
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
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What this client costs beside what Slurm itself can do, in one run on one machine: the bare loop
 * and the executor submit to the same slurmrestd, in turn. Written into {@code
 * docs/figures/slurm.md}.
 */
@Isolated("measures")
@Tag("long")
@Timeout(1800)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmFiguresIT {

  private static final int TURNS = 120;
  private static final int CALLERS = 4;
  private static final int ARRAY = 1_000;
  private static final int ARRAYS = 5;
  private static final int IN_FLIGHT = 10_000;
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration USUAL_POLL = Duration.ofSeconds(15);

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
                options.files(),
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
        null, null, null, null, null, 0, 10_001, null, null, Map.of("hold", "true"));
  }

  private void forget() throws Exception {
    slurm.peer("controller", "forget");
  }

  /** From the first submission to the last end, of jobs that do nothing, each submitted alone. */
  private double bareToEnd() throws Exception {
    Slurm bare = new Slurm(new SlurmRest(direct()), SlurmOptions.Jobs.PLAIN);
    long begin = System.nanoTime();
    for (int i = 0; i < ARRAY; i++) {
      bare.submit(SubmitInTurns.bare(i, root), Map.of());
    }
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(POLL)
        .until(() -> slurm.program("squeue", "--noheader").isEmpty());
    double took = seconds(begin);
    forget();
    return ARRAY / took;
  }

  /** Nobody counts these calls: what counts them would be felt in each. */
  private SlurmOptions direct() {
    return slurm.options(root.resolve("shared"));
  }

  /**
   * @param toEnd jobs that have ended, per second from the submission on
   */
  private record Array(double submitted, double toEnd, long submits, long lists) {}

  /** Jobs per second, of the median of some. */
  private double arrays(int times) throws Exception {
    List<Double> rates = new ArrayList<>();
    try (SlurmExecutor executor = open(held(), USUAL_POLL)) {
      for (int i = 0; i < times; i++) {
        Batch batch = batch(executor, ARRAY);
        long begin = System.nanoTime();
        executor.submit(batch);
        rates.add(ARRAY / seconds(begin));
      }
    }
    forget();
    return SubmitInTurns.median(rates);
  }

  private Array array() throws Exception {
    double submitted = arrays(ARRAYS);
    try (SlurmExecutor executor = open(arrays(), POLL)) {
      Batch batch = batch(executor, ARRAY);
      proxy.forget();
      long begin = System.nanoTime();
      end(executor, List.of(executor.submit(batch)));
      double all = seconds(begin);
      return new Array(
          submitted, ARRAY / all, proxy.count("POST"), proxy.count("GET /slurm/v0.0.38/jobs"));
    }
  }

  /**
   * @param heap beside what its caller holds, in MiB
   * @param withCaller and with that
   * @param cancels calls that cancelled them
   */
  private record Flight(double heap, double withCaller, long cancels) {}

  /** Held, so that all of them are there at the same time. */
  private Flight inFlight() throws Exception {
    try (SlurmExecutor executor = open(held(), POLL)) {
      double empty = Heap.used();
      List<TaskSpec> specs = IntStream.range(0, IN_FLIGHT).mapToObj(i -> task(executor)).toList();
      double before = Heap.used();
      BatchHandle handle =
          executor.submit(new Batch(new BatchKey("figures", run, ++batches), specs));
      awaitQueued(executor, handle);
      double after = Heap.used();
      proxy.forget();
      executor.cancel(specs.stream().map(TaskSpec::attempt).toList());
      long deletes = proxy.count("DELETE");
      end(executor, List.of(handle));
      return new Flight(after - before, after - empty, deletes);
    }
  }

  private static void awaitQueued(SlurmExecutor executor, BatchHandle handle) throws Exception {
    Set<AttemptKey> queued = new HashSet<>();
    while (queued.size() < IN_FLIGHT) {
      executor
          .observe(List.of(handle), Duration.ofSeconds(5))
          .forEach(o -> queued.add(o.attempt()));
    }
  }

  @Test
  void whatItCostsBesideSlurmItself() throws Exception {
    SubmitInTurns one;
    SubmitInTurns many;
    SlurmOptions options = direct().withJobs(held()).withPoll(USUAL_POLL);
    try (SlurmExecutor executor = new SlurmExecutor(options).withKnownSize()) {
      SubmitInTurns.With with = new SubmitInTurns.With(executor, options, root, run);
      new SubmitInTurns(with, "warm", 1).run(TURNS);
      forget();
      one = new SubmitInTurns(with, "one", 1).run(TURNS);
      forget();
      many = new SubmitInTurns(with, "many", CALLERS).run(TURNS);
      forget();
    }
    Array array = array();
    double toEnd = bareToEnd();
    Flight flight = inFlight();
    StringBuilder rows = new StringBuilder();
    row(rows, "bare loop, a job a call", "%.0f jobs/s submitted".formatted(one.rate(BARE)));
    row(
        rows,
        "executor, a batch of one job a call",
        "%.0f jobs/s submitted, %.2f of the bare loop".formatted(one.rate(OWN), one.part(OWN)));
    row(
        rows,
        "bare loop that is idle before each call for as long as the executor's files take",
        "%.2f of the bare loop".formatted(one.part(IDLE)));
    row(
        rows,
        "what the executor writes for such a batch, without a call",
        "%.2f ms".formatted(one.millis(WRITE)));
    row(rows, CALLERS + " bare loops at once", "%.0f jobs/s submitted".formatted(many.rate(BARE)));
    row(
        rows,
        "executor, " + CALLERS + " callers at once, as the engine calls it",
        "%.0f jobs/s submitted, %.2f of the bare loops".formatted(many.rate(OWN), many.part(OWN)));
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
        "%.1f MiB".formatted(flight.heap()));
    row(rows, "the same with what their caller holds", "%.1f MiB".formatted(flight.withCaller()));
    row(rows, "calls to cancel these", "%d".formatted(flight.cancels()));
    write(rows.toString());
    assertThat(array.submitted()).as("jobs/s by an array").isGreaterThan(many.rate(BARE));
    assertThat(array.submits()).isEqualTo(1);
    assertThat(flight.cancels()).as("calls that cancel").isEqualTo(1);
  }

  private static void row(StringBuilder rows, String what, String figure) {
    rows.append("| ").append(what).append(" | ").append(figure).append(" |\n");
  }

  private static void write(String rows) throws Exception {
    String text =
        String.format(
            Locale.ROOT,
            """
            # Slurm: this client beside the bare interface

            Made by `SlurmFiguresIT`. Slurm 22.05, slurmrestd, this client and the jobs share one machine. The bare loop
            posts jobs to the same slurmrestd in the same run, in turn with the executor: %d jobs each, %d times, held so that
            none runs beside the measurement; the medians are told, of the times and of what one turn is of its neighbour. For each batch the
            executor writes down what it submits before it calls, and the job's id after it; a bare loop that is idle for as long before
            each call stands beside it. States are asked every %d s, and in the second half of the table every %d s. Heap is what is used
            after collections that free nothing more; this Slurm holds 20,000 jobs at most (MaxJobCount), and 10,000 in an array.

            - %s
            - %d processors; load at the end %.1f

            | what | figure |
            |---|---|
            %s\
            """,
            SubmitInTurns.JOBS,
            TURNS,
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
