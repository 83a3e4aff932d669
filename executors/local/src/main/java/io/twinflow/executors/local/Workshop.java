package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.local.files.DiskSpace;
import io.twinflow.executors.local.process.Spawner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Queues attempts, starts them when there is room, and stops them. */
final class Workshop implements LocalSite {

  private final AttemptPaths paths;
  private final Machine machine;
  private final Grounds grounds;
  private final Observations observations;
  private final Duration grace;
  private final Clock clock;
  private final CompletableFuture<Spawner> spawner;
  private final ExecutorService threads = Threads.onDemand();
  private final TimeLimits limits = new TimeLimits();

  private final Object lock = new Object();
  private final Admission<Attempt> admission;
  private final Neighbours<Attempt> neighbours = new Neighbours<>();
  private final Map<AttemptKey, Attempt> present = new HashMap<>();
  private final Map<BatchKey, BatchHandle> batches = new HashMap<>();
  private final Map<AttemptKey, BatchKey> batchOf = new HashMap<>();
  private final Map<BatchKey, Integer> unreleased = new HashMap<>();
  private boolean closed;

  Workshop(
      AttemptPaths paths,
      Machine machine,
      Grounds grounds,
      Observations observations,
      Duration grace,
      Clock clock) {
    this.paths = paths;
    this.machine = machine;
    this.grounds = grounds;
    this.observations = observations;
    this.grace = grace;
    this.clock = clock;
    this.admission =
        new Admission<>(
            machine.cores(),
            machine.memoryMiB(),
            new Gpus(System.getenv())::found,
            () -> DiskSpace.freeMiB(paths.root()));
    // Linking to the C library takes tens of milliseconds; meanwhile others read the workflow.
    this.spawner = CompletableFuture.supplyAsync(Spawner::best, threads);
  }

  BatchHandle take(Batch batch) throws SiteException {
    Instant now = clock.instant();
    BatchHandle handle =
        new BatchHandle(
            batch.key(),
            batch.tasks().stream().map(TaskSpec::attempt).collect(Collectors.toSet()),
            "");
    synchronized (lock) {
      if (closed) {
        throw new SiteException(
            SiteException.Certainty.NOTHING_HAPPENED,
            FailureKind.INFRASTRUCTURE,
            "this site is closed");
      }
      BatchHandle known = batches.get(batch.key());
      if (known != null) {
        return known;
      }
      register(handle);
      for (TaskSpec task : batch.tasks()) {
        queue(new Attempt(batch.key(), task, now));
      }
    }
    startWhatFits();
    return handle;
  }

  Optional<BatchHandle> batch(BatchKey key) {
    synchronized (lock) {
      return Optional.ofNullable(batches.get(key));
    }
  }

  /** A batch of an earlier engine, all of whose attempts have ended. */
  BatchHandle adopt(BatchHandle handle) {
    synchronized (lock) {
      register(handle);
    }
    return handle;
  }

  void cancel(Collection<AttemptKey> attempts) {
    for (AttemptKey key : attempts) {
      stop(key, Attempt.Stop.CANCELLED);
    }
    startWhatFits();
  }

  /** Empty if it does not wait here. */
  Optional<String> waitsFor(AttemptKey key) {
    synchronized (lock) {
      return admission.why(attempt -> attempt.key().equals(key));
    }
  }

  void forget(Collection<AttemptKey> attempts) {
    synchronized (lock) {
      for (AttemptKey attempt : attempts) {
        BatchKey batch = batchOf.remove(attempt);
        observations.forget(attempt);
        if (batch != null && unreleased.merge(batch, -1, Integer::sum) == 0) {
          unreleased.remove(batch);
          batches.remove(batch);
        }
      }
    }
  }

  void close() {
    List<AttemptKey> all;
    synchronized (lock) {
      closed = true;
      all = new ArrayList<>(present.keySet());
    }
    all.forEach(key -> stop(key, Attempt.Stop.CLOSING));
    limits.close();
    try {
      Duration bound = grace.plus(PATIENCE);
      for (AttemptKey key : all) {
        observations.awaitEnd(key, bound);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdown();
  }

  private void register(BatchHandle handle) {
    batches.put(handle.key(), handle);
    unreleased.put(handle.key(), handle.attempts().size());
    handle.attempts().forEach(attempt -> batchOf.put(attempt, handle.key()));
  }

  private void queue(Attempt attempt) {
    Optional<String> impossible = admission.impossible(attempt.task().resources());
    if (impossible.isPresent()) {
      tell(attempt, failed(attempt, FailureKind.RESOURCES, impossible.get()));
      return;
    }
    present.put(attempt.key(), attempt);
    admission.add(attempt, attempt.task().resources());
    tell(attempt, new TaskState.Queued("waits for free cores, memory and disk"));
  }

  private void stop(AttemptKey key, Attempt.Stop reason) {
    Attempt attempt;
    boolean waited;
    synchronized (lock) {
      attempt = present.get(key);
      if (attempt == null) {
        return;
      }
      waited = admission.remove(attempt::equals);
      if (waited) {
        present.remove(key);
      }
    }
    if (waited) {
      tell(
          attempt,
          reason == Attempt.Stop.CLOSING
              ? new TaskState.Lost("the engine was closed before it started")
              : failed(attempt, FailureKind.CANCELLED, "cancelled before it started"));
    } else {
      attempt.stop(reason).ifPresent(Runnable::run);
    }
  }

  private void startWhatFits() {
    for (Attempt next = next(); next != null; next = next()) {
      start(next);
    }
  }

  private void start(Attempt attempt) {
    background(() -> {
      try {
        for (Attempt next = attempt; next != null; next = afterIt()) {
          runToItsEnd(next);
        }
      } finally {
        startWhatFits();
      }
    });
  }

  /** What the thread of an attempt that has ended goes on with; what fits beside it is started. */
  private @Nullable Attempt afterIt() {
    Attempt mine = next();
    if (mine != null) {
      startWhatFits();
    }
    return mine;
  }

  private @Nullable Attempt next() {
    synchronized (lock) {
      Attempt next = closed ? null : admission.next().orElse(null);
      if (next != null) {
        neighbours.starts(next);
      }
      return next;
    }
  }

  private void runToItsEnd(Attempt attempt) {
    TaskState end = new TaskState.Lost("a defect of Twinflow ended its thread");
    try {
      end = new RunAttempt(this, attempt).run();
    } finally {
      synchronized (lock) {
        admission.giveBack(attempt.task().resources());
        present.remove(attempt.key());
        neighbours.ends(attempt);
      }
      tell(attempt, end);
    }
  }

  private TaskState failed(Attempt attempt, FailureKind kind, String reason) {
    TaskResult.Usage usage =
        new TaskResult.Usage(machine.host(), attempt.queued(), null, clock.instant(), null, null);
    return new TaskState.Ended(
        new TaskResult(new TaskResult.Outcome.Failed(kind, reason), usage, "", null));
  }

  @Override
  public AttemptPaths paths() {
    return paths;
  }

  @Override
  public Ground ground(TaskSpec task) throws AttemptFailure {
    return grounds.of(task);
  }

  @Override
  public Spawner spawner() {
    return spawner.join();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public String host() {
    return machine.host();
  }

  @Override
  public Duration grace() {
    return grace;
  }

  @Override
  public void tell(Attempt attempt, TaskState state) {
    observations.tell(attempt.batch(), attempt.key(), state);
  }

  @Override
  public boolean hadNeighbours(Attempt attempt) {
    return neighbours.had(attempt);
  }

  @Override
  public void background(Runnable work) {
    threads.execute(work);
  }

  @Override
  public Runnable watchTime(Attempt attempt) {
    Duration limit = attempt.task().timeLimit();
    return limit == null
        ? () -> {}
        : limits.after(limit, () -> stop(attempt.key(), Attempt.Stop.TIME_IS_UP));
  }
}
