package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Submits a few jobs in each way, and again in another order, so that a machine which others use
 * too is the same for all.
 */
final class SubmitInTurns {

  static final int JOBS = 10;

  enum What {
    BARE,
    IDLE,
    OWN,
    WRITE
  }

  /** The client and the bare interface, for the same slurmrestd. */
  record With(SlurmExecutor executor, SlurmOptions options, Path root, String run) {}

  private interface Call {
    void run() throws Exception;
  }

  private final With with;
  private final String name;
  private final int callers;
  private final Slurm bare;
  private final Ground ground;
  private final WriteBatch write;
  private final Map<What, List<Double>> took = new EnumMap<>(What.class);
  private long number;

  /**
   * @param name makes its batches others than those of another one
   * @param callers at once
   */
  SubmitInTurns(With with, String name, int callers) throws Exception {
    this.with = with;
    this.name = name;
    this.callers = callers;
    SlurmOptions options = with.options();
    this.bare = new Slurm(new SlurmRest(options), options.jobs());
    Cluster cluster = new Cluster(bare);
    cluster.size();
    this.ground = Ground.of(options);
    this.write = new WriteBatch(ground, options, cluster, Clock.systemUTC());
  }

  /** A job with nothing about it. */
  static Submission bare(long number, Path folder) {
    return new Submission(
        "bare",
        "bare/" + number,
        "#!/bin/sh\nexec true\n",
        folder.toString(),
        folder + "/errors.log",
        0,
        1,
        1,
        1,
        16,
        0,
        null);
  }

  SubmitInTurns run(int turns) throws Exception {
    List<What> ways = List.of(What.values());
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < ways.size(); i++) {
        What what = ways.get((turn + i) % ways.size());
        List<Call> calls = new ArrayList<>();
        for (int job = 0; job < JOBS; job++) {
          calls.add(call(what));
        }
        took.computeIfAbsent(what, w -> new ArrayList<>()).add(millis(calls));
      }
    }
    return this;
  }

  private Call call(What what) {
    long job = ++number;
    // What is only written is another run's: an engine looks at what others note of its own.
    String run = what == What.WRITE ? with.run() + "w" : with.run();
    BatchKey key = new BatchKey(name, run, job);
    AttemptKey attempt = new AttemptKey(name, run, job, 1);
    TaskSpec task =
        new TaskBuilder(attempt, with.executor().layout(attempt, false), List.of("true"), null)
            .build();
    Batch batch = new Batch(key, List.of(task));
    return switch (what) {
      case BARE -> () -> bare.submit(bare(job, with.root()), Map.of());
      case IDLE -> {
        long nanos = took.containsKey(What.WRITE) ? (long) (millis(What.WRITE) * callers * 1e6) : 0;
        yield () -> {
          LockSupport.parkNanos(nanos);
          bare.submit(bare(job, with.root()), Map.of());
        };
      }
      case OWN -> () -> with.executor().submit(batch);
      case WRITE ->
          () -> {
            write.of(batch);
            ground.notes(key).writeJob(0, job);
          };
    };
  }

  /** Of each. */
  private double millis(List<Call> calls) throws Exception {
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
    return (System.nanoTime() - begin) / 1e6 / calls.size();
  }

  /** The median of the time for one job. */
  double millis(What what) {
    return median(took.getOrDefault(what, List.of()));
  }

  /** Jobs per second. */
  double rate(What what) {
    return 1_000 / millis(what);
  }

  /** What it is of the bare loop, turn by turn. */
  double part(What what) {
    List<Double> bares = took.getOrDefault(What.BARE, List.of());
    List<Double> others = took.getOrDefault(what, List.of());
    List<Double> parts = new ArrayList<>();
    for (int turn = 0; turn < bares.size(); turn++) {
      parts.add(bares.get(turn) / others.get(turn));
    }
    return median(parts);
  }

  static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
