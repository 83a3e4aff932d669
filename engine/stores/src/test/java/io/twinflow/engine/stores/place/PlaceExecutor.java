package io.twinflow.engine.stores.place;

import io.twinflow.engine.stores.place.Machine.Job;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Capabilities;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The least executor: its site runs scripts ({@link Machine}), and all else goes through the store.
 */
final class PlaceExecutor implements Executor {

  private static final long MEMORY = 1 << 16;

  private final StoreBench bench;
  private final RemoteTasks tasks;
  private final Machine machine;
  private final Observations observations = new Observations();
  private final Map<AttemptKey, BatchKey> open = new ConcurrentHashMap<>();
  private final Map<BatchKey, BatchHandle> batches = new ConcurrentHashMap<>();
  private final Map<AttemptKey, TaskState> last = new HashMap<>();
  private volatile boolean closed;

  PlaceExecutor(StoreBench bench, Machine machine) {
    this.bench = bench;
    this.tasks = bench.tasks;
    this.machine = machine;
    Thread.ofVirtual().start(this::follow);
  }

  @Override
  public String site() {
    return "machine";
  }

  @Override
  public List<Finding> check() {
    return List.of(Finding.good("machine", "it runs"));
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        machine.cores, MEMORY, 0, Optional.empty(), "none", Set.of("file", "s3"), 1000, 1000);
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return tasks.layout(attempt, false);
  }

  private String note(BatchKey batch) {
    return "sites/test/batches/" + batch.value();
  }

  @Override
  public BatchHandle submit(Batch batch) throws SiteException {
    BatchHandle known = batches.get(batch.key());
    if (known != null) {
      return known;
    }
    try {
      for (TaskSpec task : batch.tasks()) {
        try {
          check(task);
          tasks.write(task);
        } catch (AttemptFailure e) {
          tasks.fail(task.attempt(), e, Instant.now());
        }
      }
      bench.place.put(note(batch.key()), batch.key().value().getBytes(StandardCharsets.UTF_8));
      for (TaskSpec task : batch.tasks()) {
        machine.submit(task.attempt(), Math.min(machine.cores, task.resources().cores()));
      }
    } catch (IOException e) {
      throw unknown(e);
    }
    return attach(
        batch.key(), batch.tasks().stream().map(TaskSpec::attempt).collect(Collectors.toSet()));
  }

  private void check(TaskSpec task) throws AttemptFailure {
    if (task.resources().cores() > machine.cores || task.resources().memoryMiB() > MEMORY) {
      throw new AttemptFailure(
          FailureKind.RESOURCES,
          "asks for %s cores and %d MiB; there are %s and %d"
              .formatted(
                  plain(task.resources().cores()),
                  task.resources().memoryMiB(),
                  plain(machine.cores),
                  MEMORY));
    }
  }

  private static String plain(double cores) {
    return cores == Math.rint(cores) ? Long.toString((long) cores) : Double.toString(cores);
  }

  private static SiteException unknown(IOException e) {
    return new SiteException(
        Certainty.UNKNOWN, FailureKind.INFRASTRUCTURE, String.valueOf(e.getMessage()), e);
  }

  private BatchHandle attach(BatchKey batch, Set<AttemptKey> attempts) {
    BatchHandle handle = new BatchHandle(batch, attempts, "machine");
    batches.put(batch, handle);
    attempts.forEach(attempt -> open.put(attempt, batch));
    return handle;
  }

  @Override
  public Optional<BatchHandle> find(BatchKey batch, Collection<AttemptKey> attempts)
      throws SiteException {
    BatchHandle known = batches.get(batch);
    if (known != null) {
      observations.tellAgain(batch, attempts);
      return Optional.of(known);
    }
    try {
      if (bench.place.find(note(batch)).isEmpty()) {
        return Optional.empty();
      }
    } catch (IOException e) {
      throw unknown(e);
    }
    return Optional.of(
        attach(
            batch,
            attempts.stream()
                .filter(attempt -> !machine.of(attempt).isEmpty())
                .collect(Collectors.toSet())));
  }

  @Override
  public void revoke(Collection<AttemptKey> attempts) throws SiteException {
    revoke(attempts, Revocation.GIVEN_UP);
  }

  private void revoke(Collection<AttemptKey> attempts, Revocation why) throws SiteException {
    try {
      for (AttemptKey attempt : attempts) {
        tasks.revoke(attempt, why);
      }
    } catch (IOException e) {
      throw unknown(e);
    }
  }

  private void follow() {
    while (!closed) {
      try {
        RemoteTasks.Seen seen = tasks.look();
        for (Map.Entry<AttemptKey, BatchKey> entry : open.entrySet()) {
          look(entry.getKey(), entry.getValue(), seen);
        }
      } catch (IOException e) {
        // A store that does not answer once is asked again.
        System.getLogger(PlaceExecutor.class.getName())
            .log(System.Logger.Level.WARNING, "the store does not answer: {0}", e.getMessage());
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look(AttemptKey attempt, BatchKey batch, RemoteTasks.Seen seen) throws IOException {
    List<Job> jobs = machine.of(attempt);
    boolean isOver = jobs.stream().allMatch(job -> machine.state(job) == Machine.State.OVER);
    Instant queued =
        jobs.stream().map(job -> job.queued).min(Instant::compareTo).orElse(Instant.EPOCH);
    // Asked after the jobs were: whoever is over has put its record.
    Optional<TaskResult> result =
        seen.hasEnded(attempt) || isOver ? tasks.result(attempt, queued) : Optional.empty();
    if (result.isPresent()) {
      end(attempt, batch, new TaskState.Ended(result.get()));
    } else if (isOver) {
      end(attempt, batch, withoutResult(attempt, queued, jobs));
    } else if (seen.isClaimed(attempt)) {
      tell(attempt, batch, new TaskState.Running(queued, "machine"));
    } else {
      tell(attempt, batch, new TaskState.Queued("waits for the machine"));
    }
  }

  private TaskState withoutResult(AttemptKey attempt, Instant queued, List<Job> jobs)
      throws IOException {
    if (tasks.revocation(attempt).equals(Optional.of(Revocation.CANCELLED))) {
      return new TaskState.Ended(
          new TaskResult(
              new TaskResult.Outcome.Failed(FailureKind.CANCELLED, "cancelled before it started"),
              new TaskResult.Usage("", queued, null, Instant.now(), null, null),
              "",
              null));
    }
    return new TaskState.Lost(
        jobs.stream().map(machine::said).collect(Collectors.joining("; ", "no record: ", "")));
  }

  private void tell(AttemptKey attempt, BatchKey batch, TaskState state) {
    if (!state.equals(last.put(attempt, state))) {
      observations.tell(batch, attempt, state);
    }
  }

  private void end(AttemptKey attempt, BatchKey batch, TaskState state) {
    open.remove(attempt);
    tell(attempt, batch, state);
  }

  @Override
  public List<Observation> observe(Collection<BatchHandle> handles, Duration atMost)
      throws InterruptedException {
    return observations.take(handles, atMost);
  }

  @Override
  public void cancel(Collection<AttemptKey> attempts) throws SiteException {
    List<AttemptKey> mine = attempts.stream().filter(open::containsKey).toList();
    revoke(mine, Revocation.CANCELLED);
    mine.forEach(attempt -> machine.of(attempt).forEach(machine::cancel));
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    return tasks.outputs(task);
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    return tasks.log(attempt, stream);
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return tasks.whereabouts(attempt);
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {
    for (AttemptKey attempt : attempts) {
      try {
        tasks.release(attempt);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      observations.forget(attempt);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
