package io.twinflow.executors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.OutputFolder.Entry;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The tools of a contract test: makes tasks, runs them, and waits for what must come. */
final class Bench {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final String INSTALLATION = "contract";

  private final Supplier<Executor> clients;
  private final List<Executor> open = new ArrayList<>();
  private final Path scratch;
  private final Set<Feature> without;
  private final @Nullable ContainerSpec container;
  private final String run = "r" + Long.toString(System.nanoTime(), 36);
  private final Map<AttemptKey, TaskState> states = new HashMap<>();
  private final List<Observation> history = new ArrayList<>();
  private long tasks;
  private long batches;

  Bench(
      Supplier<Executor> clients,
      Path scratch,
      Set<Feature> without,
      @Nullable ContainerSpec container) {
    this.clients = clients;
    this.scratch = scratch;
    this.without = without;
    this.container = container;
  }

  boolean offers(Feature feature) {
    return !without.contains(feature);
  }

  Path scratch() {
    return scratch;
  }

  Executor executor() {
    return open.isEmpty() ? another() : open.get(0);
  }

  /** A second client of the same site. */
  Executor another() {
    Executor client = clients.get();
    if (!open.contains(client)) {
      open.add(client);
    }
    return client;
  }

  /** As an engine that ends in good order. */
  void closeFirst() {
    open.remove(0).close();
  }

  TaskBuilder shell(String script) {
    return task("sh", "-c", script);
  }

  TaskBuilder task(String... command) {
    AttemptKey key = new AttemptKey(INSTALLATION, run, ++tasks, 1);
    return new TaskBuilder(
        key, executor().layout(key, container != null), List.of(command), container);
  }

  BatchKey batchKey() {
    return new BatchKey(INSTALLATION, run, ++batches);
  }

  Batch batch(TaskSpec... specs) {
    return new Batch(batchKey(), List.of(specs));
  }

  BatchHandle submit(TaskSpec... specs) throws SiteException {
    return executor().submit(batch(specs));
  }

  TaskResult run(TaskBuilder task) throws Exception {
    return run(task.build());
  }

  TaskResult run(TaskSpec task) throws Exception {
    TaskState end = awaitEnd(executor(), submit(task), task.attempt());
    assertThat(end).isInstanceOf(TaskState.Ended.class);
    return ((TaskState.Ended) end).result();
  }

  int exitCode(TaskBuilder task) throws Exception {
    TaskResult result = run(task);
    assertThat(result.outcome()).as("outcome").isInstanceOf(Outcome.Exited.class);
    return ((Outcome.Exited) result.outcome()).code();
  }

  Outcome.Failed failure(TaskBuilder task) throws Exception {
    return failure(run(task));
  }

  static Outcome.Failed failure(TaskResult result) {
    assertThat(result.outcome()).as("outcome").isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) result.outcome();
  }

  /** Runs a task that must succeed, and opens what it left. */
  OutputFolder outputs(TaskBuilder task) throws Exception {
    TaskSpec spec = task.build();
    assertThat(run(spec).outcome())
        .as(() -> "outcome, with stderr: " + log(spec.attempt(), LogStream.STDERR))
        .isEqualTo(new Outcome.Exited(0));
    return executor().outputs(spec);
  }

  String output(TaskBuilder task, String path) throws Exception {
    return text(outputs(task), path);
  }

  static String text(OutputFolder folder, String path) throws Exception {
    Entry entry = folder.find(path).orElseThrow(() -> new AssertionError("no output " + path));
    return new String(folder.read(entry, 1 << 20), StandardCharsets.UTF_8);
  }

  String log(AttemptKey attempt, LogStream stream) {
    try (InputStream in = executor().log(attempt, stream)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("a log must be readable", e);
    }
  }

  TaskState awaitEnd(Executor client, BatchHandle batch, AttemptKey attempt) throws Exception {
    return awaitState(client, batch, attempt, Bench::isEnd);
  }

  void awaitRunning(BatchHandle batch, AttemptKey attempt) throws Exception {
    awaitState(executor(), batch, attempt, s -> s instanceof TaskState.Running || isEnd(s));
  }

  /** As another client sees it, whatever was told before. */
  TaskState awaitRunningAt(Executor client, BatchHandle batch, AttemptKey attempt)
      throws Exception {
    states.remove(attempt);
    return awaitState(client, batch, attempt, s -> s instanceof TaskState.Running || isEnd(s));
  }

  /** The final states of all attempts of a batch. */
  Map<AttemptKey, TaskState> awaitAll(BatchHandle batch) throws Exception {
    Map<AttemptKey, TaskState> ends = new HashMap<>();
    for (AttemptKey attempt : batch.attempts()) {
      ends.put(attempt, awaitEnd(executor(), batch, attempt));
    }
    return ends;
  }

  /** The result of one of several attempts, which must have one. */
  static TaskResult result(Map<AttemptKey, TaskState> ends, TaskSpec task) {
    TaskState end = ends.get(task.attempt());
    assertThat(end).isInstanceOf(TaskState.Ended.class);
    return ((TaskState.Ended) Objects.requireNonNull(end)).result();
  }

  /** When a tool started, which must be known. */
  static Instant started(TaskResult result) {
    return Objects.requireNonNull(result.usage().started(), "the time of the start");
  }

  private TaskState awaitState(
      Executor client, BatchHandle batch, AttemptKey attempt, Predicate<TaskState> wanted)
      throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      TaskState state = states.get(attempt);
      if (state != null && wanted.test(state)) {
        return state;
      }
      observe(client, List.of(batch), Duration.ofSeconds(1));
    }
    throw new AssertionError("%s is %s after %s".formatted(attempt, states.get(attempt), PATIENCE));
  }

  List<Observation> observe(Executor client, List<BatchHandle> handles, Duration atMost)
      throws Exception {
    List<Observation> news = client.observe(handles, atMost);
    history.addAll(news);
    news.forEach(o -> states.put(o.attempt(), o.state()));
    return news;
  }

  /** All that was observed so far. */
  List<Observation> history() {
    return history;
  }

  /** Observes batches, all by one call, until something has become true. */
  void await(String what, List<BatchHandle> batches, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      observe(executor(), batches, BETWEEN_LOOKS);
    }
  }

  /** Waits until an attempt that goes on has written something to its standard output. */
  void awaitLog(BatchHandle batch, AttemptKey attempt, String part) throws Exception {
    await(
        part + " stands in the log",
        List.of(batch),
        () -> {
          boolean ended = hasEnded(attempt);
          boolean written = log(attempt, LogStream.STDOUT).contains(part);
          assertThat(ended && !written).as("%s ended without %s", attempt, part).isFalse();
          return written;
        });
  }

  boolean hasEnded(AttemptKey attempt) {
    TaskState state = states.get(attempt);
    return state != null && isEnd(state);
  }

  static boolean isEnd(TaskState state) {
    return switch (state) {
      case TaskState.Queued queued -> false;
      case TaskState.Running running -> false;
      case TaskState.Ended ended -> true;
      case TaskState.Lost lost -> true;
    };
  }

  void close() throws Exception {
    if (offers(Feature.OUTLIVES_ENGINE) && !open.isEmpty()) {
      stopAll(executor());
    }
    open.forEach(Executor::close);
  }

  /** What outlives its client would go on behind the next test. */
  private void stopAll(Executor client) throws Exception {
    List<AttemptKey> all =
        LongStream.rangeClosed(1, tasks)
            .mapToObj(task -> new AttemptKey(INSTALLATION, run, task, 1))
            .toList();
    for (long batch = 1; batch <= batches; batch++) {
      Optional<BatchHandle> handle = client.find(new BatchKey(INSTALLATION, run, batch), all);
      if (handle.isPresent()) {
        client.cancel(all);
        awaitAll(handle.get());
      }
    }
  }
}
