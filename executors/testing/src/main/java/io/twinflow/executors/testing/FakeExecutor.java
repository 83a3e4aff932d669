package io.twinflow.executors.testing;

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
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A site in memory that a test drives by hand, without threads and without a clock. Attempts wait
 * until the test {@link #finish}es them, or end at once by a function of their task. The test can
 * have answers lost, requests lost, the site down, attempts started twice, and news told late or
 * again. Safe for an engine that calls it from several threads.
 *
 * <p>It outlives its engine: for a second engine after a crash pass the same object on.
 */
public final class FakeExecutor implements Executor {

  private final FakeSite site;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final FakeFaults faults = new FakeFaults();
  private final FakeCalls calls = new FakeCalls();
  private boolean askedAnew;

  private FakeExecutor(Function<TaskSpec, Optional<FakeEnd>> tool) {
    this.site = new FakeSite(tool);
  }

  /** Nothing ends until the test says so. */
  public static FakeExecutor byHand() {
    return new FakeExecutor(task -> Optional.empty());
  }

  /** Everything succeeds at once and leaves nothing behind. */
  public static FakeExecutor instant() {
    Optional<FakeEnd> success = Optional.of(FakeEnd.success());
    return new FakeExecutor(task -> success);
  }

  /** Each attempt ends as the function says, when it is submitted. */
  public static FakeExecutor ending(Function<TaskSpec, FakeEnd> tool) {
    return new FakeExecutor(task -> Optional.of(tool.apply(task)));
  }

  /** Each attempt ends as the function says, or waits for the test if that is empty. */
  public static FakeExecutor endingSome(Function<TaskSpec, Optional<FakeEnd>> tool) {
    return new FakeExecutor(tool);
  }

  /** What goes wrong from now on. */
  public FakeFaults faults() {
    return faults;
  }

  /** How often the engine called. */
  public FakeCalls calls() {
    return calls;
  }

  /** What has been submitted and has not ended, in the order of submission. */
  public List<TaskSpec> waiting() {
    return locked(site::waiting);
  }

  /** How often the tool of an attempt really ran. */
  public int toolRuns(AttemptKey attempt) {
    return locked(() -> site.get(attempt).toolRuns);
  }

  /** Tool runs of all attempts together. */
  public long toolRuns() {
    return locked(site::toolRuns);
  }

  /** The attempts that were released. */
  public Set<AttemptKey> released() {
    return locked(site::released);
  }

  public void start(AttemptKey attempt) {
    change(() -> site.start(attempt));
  }

  public void finish(AttemptKey attempt, FakeEnd end) {
    change(() -> site.finish(attempt, end));
  }

  public void lose(AttemptKey attempt, String reason) {
    change(() -> site.lose(attempt, reason));
  }

  /** Tells the state of an attempt once more. */
  public void tellAgain(AttemptKey attempt) {
    change(() -> site.tellAgain(attempt));
  }

  @Override
  public String site() {
    return "fake";
  }

  @Override
  public List<Finding> check() {
    return List.of(Finding.good("site", "it is a fake and lacks nothing"));
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        FakeSite.CORES,
        FakeSite.MEMORY_MIB,
        0,
        Optional.empty(),
        "the fake has no containers",
        Set.of("file", "memory"),
        10_000,
        10_000);
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    String folder = "/fake/" + attempt.value();
    return new Layout(folder + "/out", folder + "/tmp", folder + "/in");
  }

  @Override
  public BatchHandle submit(Batch batch) throws SiteException {
    calls.submits.incrementAndGet();
    faults.reachable();
    faults.request();
    BatchHandle handle = locked(() -> site.submit(batch, faults.startsTwice()));
    wake();
    faults.answer();
    return handle;
  }

  @Override
  public Optional<BatchHandle> find(BatchKey batch, Collection<AttemptKey> attempts)
      throws SiteException {
    calls.finds.incrementAndGet();
    faults.reachable();
    Optional<BatchHandle> found = locked(() -> site.find(batch));
    wake();
    return found;
  }

  @Override
  public void revoke(Collection<AttemptKey> attempts) throws SiteException {
    faults.reachable();
    locked(() -> {
      site.revoke(attempts);
      return attempts;
    });
  }

  @Override
  public List<Observation> observe(Collection<BatchHandle> batches, Duration atMost)
      throws SiteException, InterruptedException {
    calls.observes.incrementAndGet();
    faults.reachable();
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        List<Observation> news = faults.holdsNews() ? List.of() : site.take(batches);
        if (!news.isEmpty() || askedAnew || left <= 0) {
          askedAnew = false;
          return news;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void lookAgain() {
    change(() -> askedAnew = true);
  }

  @Override
  public void cancel(Collection<AttemptKey> attempts) throws SiteException {
    calls.cancels.incrementAndGet();
    faults.reachable();
    if (!faults.ignoresCancel()) {
      change(() -> attempts.forEach(a -> site.finishIfThere(a, FakeSite.CANCELLED)));
    }
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws NoSuchFileException {
    FakeAttempt attempt = locked(() -> site.get(task.attempt()));
    FakeEnd end = attempt.end;
    if (end == null || attempt.released) {
      throw new NoSuchFileException("no outputs of " + task.attempt());
    }
    return new FakeOutputFolder(task, end.files());
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) {
    FakeEnd end = locked(() -> site.get(attempt)).end;
    String text =
        switch (stream) {
          case STDOUT -> end == null ? "" : end.stdout();
          case STDERR -> end == null ? "" : end.stderr();
        };
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return "memory:/" + attempt.value();
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {
    change(() -> attempts.forEach(site::release));
  }

  @Override
  public void close() {
    change(site::close);
  }

  /** Lets a waiting {@link #observe} look again, after a fault was taken back. */
  public void wake() {
    change(() -> {});
  }

  private void change(Runnable action) {
    lock.lock();
    try {
      action.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(java.util.function.Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  static SiteException down(Certainty certainty, String message) {
    return new SiteException(certainty, FailureKind.INFRASTRUCTURE, message);
  }

  /** For tests that ask what the site thinks, whatever it has told. */
  public TaskState state(AttemptKey attempt) {
    return locked(() -> site.get(attempt).state);
  }
}
