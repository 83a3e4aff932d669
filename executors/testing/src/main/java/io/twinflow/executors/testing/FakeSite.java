package io.twinflow.executors.testing;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The state of the fake site; its owner holds a lock around every call. */
final class FakeSite {

  static final double CORES = 1024;
  static final long MEMORY_MIB = 1024 * 1024;
  static final FakeEnd CANCELLED = FakeEnd.failure(FailureKind.CANCELLED, "cancelled");

  /** No clock: every time is the beginning of time. */
  private static final Instant NOW = Instant.EPOCH;

  private final Function<TaskSpec, Optional<FakeEnd>> tool;
  private final Map<BatchKey, BatchHandle> batches = new HashMap<>();
  private final Map<AttemptKey, FakeAttempt> attempts = new LinkedHashMap<>();
  private final Map<BatchKey, Set<FakeAttempt>> untold = new HashMap<>();
  private final Set<AttemptKey> released = new LinkedHashSet<>();
  private final Set<AttemptKey> revoked = new LinkedHashSet<>();
  private long toolRuns;

  FakeSite(Function<TaskSpec, Optional<FakeEnd>> tool) {
    this.tool = tool;
  }

  BatchHandle submit(Batch batch, boolean twice) {
    BatchHandle known = batches.get(batch.key());
    if (known != null) {
      return known;
    }
    Set<AttemptKey> keys =
        batch.tasks().stream().map(TaskSpec::attempt).collect(Collectors.toSet());
    BatchHandle handle = new BatchHandle(batch.key(), keys, "fake-" + batch.key().batch());
    batches.put(batch.key(), handle);
    for (TaskSpec task : batch.tasks()) {
      FakeAttempt attempt = new FakeAttempt(batch.key(), task);
      attempts.put(task.attempt(), attempt);
      news(attempt);
      if (revoked.contains(task.attempt())) {
        lose(task.attempt(), "it was revoked before it came");
        continue;
      }
      Optional<FakeEnd> refused = larger(task.resources());
      if (refused.isPresent()) {
        end(attempt, refused.get());
        continue;
      }
      Optional<FakeEnd> end = tool.apply(task);
      if (end.isPresent()) {
        run(attempt);
        if (twice) {
          run(attempt);
        }
        end(attempt, end.get());
      }
    }
    return handle;
  }

  void revoke(Collection<AttemptKey> keys) {
    revoked.addAll(keys);
  }

  private static Optional<FakeEnd> larger(ResourceRequest request) {
    return request.cores() <= CORES && request.memoryMiB() <= MEMORY_MIB
        ? Optional.empty()
        : Optional.of(
            FakeEnd.failure(
                FailureKind.RESOURCES,
                "asks for %s cores and %d MiB; there are %s and %d"
                    .formatted(request.cores(), request.memoryMiB(), CORES, MEMORY_MIB)));
  }

  Optional<BatchHandle> find(BatchKey key) {
    Optional<BatchHandle> found = Optional.ofNullable(batches.get(key));
    found.ifPresent(handle -> handle.attempts().forEach(this::tellAgain));
    return found;
  }

  List<Observation> take(Collection<BatchHandle> handles) {
    List<Observation> news = new ArrayList<>();
    for (BatchHandle handle : handles) {
      Set<FakeAttempt> changed = untold.remove(handle.key());
      if (changed != null) {
        changed.forEach(a -> news.add(new Observation(a.task.attempt(), a.state)));
      }
    }
    return news;
  }

  void start(AttemptKey key) {
    FakeAttempt attempt = get(key);
    if (!attempt.hasEnded()) {
      run(attempt);
      attempt.state = new TaskState.Running(NOW, "fakehost");
      news(attempt);
    }
  }

  void finish(AttemptKey key, FakeEnd end) {
    FakeAttempt attempt = get(key);
    if (attempt.hasEnded()) {
      throw new AssertionError(key + " has ended before: " + attempt.state);
    }
    run(attempt);
    end(attempt, end);
  }

  void finishIfThere(AttemptKey key, FakeEnd end) {
    FakeAttempt attempt = attempts.get(key);
    if (attempt != null && !attempt.hasEnded()) {
      end(attempt, end);
    }
  }

  void lose(AttemptKey key, String reason) {
    FakeAttempt attempt = get(key);
    attempt.state = new TaskState.Lost(reason);
    news(attempt);
  }

  void tellAgain(AttemptKey key) {
    FakeAttempt attempt = attempts.get(key);
    if (attempt != null) {
      news(attempt);
    }
  }

  /** Forgets all but the key, so that long tests stay small. */
  void release(AttemptKey key) {
    FakeAttempt attempt = attempts.remove(key);
    if (attempt != null) {
      attempt.released = true;
      released.add(key);
    }
  }

  void close() {
    for (FakeAttempt attempt : attempts.values()) {
      if (!attempt.hasEnded()) {
        attempt.state = new TaskState.Lost("the site was closed");
        news(attempt);
      }
    }
  }

  FakeAttempt get(AttemptKey key) {
    FakeAttempt attempt = attempts.get(key);
    if (attempt == null) {
      throw new AssertionError(key + " was never submitted, or was released");
    }
    return attempt;
  }

  List<TaskSpec> waiting() {
    return attempts.values().stream().filter(a -> !a.hasEnded()).map(a -> a.task).toList();
  }

  long toolRuns() {
    return toolRuns;
  }

  Set<AttemptKey> released() {
    return Set.copyOf(released);
  }

  /** The claim: only the first start runs the tool. */
  private void run(FakeAttempt attempt) {
    if (attempt.starts++ == 0) {
      attempt.toolRuns++;
      toolRuns++;
    }
  }

  private void end(FakeAttempt attempt, FakeEnd end) {
    attempt.end = end;
    TaskResult.Usage usage =
        new TaskResult.Usage(
            "fakehost", NOW, attempt.toolRuns == 0 ? null : NOW, NOW, Duration.ZERO, null);
    attempt.state =
        new TaskState.Ended(
            new TaskResult(end.outcome(), usage, attempt.task.attempt().value(), null));
    news(attempt);
  }

  private void news(FakeAttempt attempt) {
    untold.computeIfAbsent(attempt.batch, b -> new LinkedHashSet<>()).add(attempt);
  }
}
