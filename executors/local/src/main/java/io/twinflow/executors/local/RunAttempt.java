package io.twinflow.executors.local;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskResult.Usage;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.local.files.DiskSpace;
import io.twinflow.executors.local.process.Child;
import io.twinflow.executors.local.process.Ending;
import io.twinflow.executors.local.process.ProcessIdentity;
import io.twinflow.executors.local.process.ProcessTree;
import io.twinflow.executors.local.process.SpawnException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The life of one attempt, from its claim to its result record; one thread runs it. */
final class RunAttempt {

  private static final Duration SWEEP_GRACE = Duration.ofSeconds(1);

  private final LocalSite site;
  private final Attempt attempt;
  private final TaskSpec task;
  private final AttemptFolder folder;
  private @Nullable Instant started;
  private @Nullable Ending ending;
  private @Nullable Ready ready;
  private String siteId = "";

  RunAttempt(LocalSite site, Attempt attempt) {
    this.site = site;
    this.attempt = attempt;
    this.task = attempt.task();
    this.folder = site.paths().folder(task.attempt());
  }

  TaskState run() {
    try {
      if (!folder.claim()) {
        return new FollowTwin(folder, attempt).toItsEnd();
      }
      Outcome outcome = outcome();
      if (attempt.over().equals(Optional.of(Attempt.Stop.CLOSING))) {
        return new TaskState.Lost("the engine was closed while it ran");
      }
      TaskResult result = result(outcome);
      Records.writeResult(folder.record(), result);
      return new TaskState.Ended(result);
    } catch (IOException e) {
      return new TaskState.Lost("its result could not be kept: " + e);
    }
  }

  private Outcome outcome() {
    try {
      return runTool();
    } catch (AttemptFailure e) {
      return new Outcome.Failed(e.kind(), String.valueOf(e.getMessage()));
    } catch (SpawnException e) {
      return new Outcome.Failed(
          e.machineIsFull() ? FailureKind.RESOURCES : FailureKind.USER,
          String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Outcome.Failed(kind(e), "cannot prepare or finish it: " + e);
    } catch (RuntimeException e) {
      System.getLogger(RunAttempt.class.getName())
          .log(System.Logger.Level.ERROR, "attempt " + task.attempt(), e);
      return new Outcome.Failed(FailureKind.INTERNAL, "a defect of Twinflow: " + e);
    }
  }

  private Outcome runTool() throws IOException, AttemptFailure, SpawnException {
    Optional<Ready> made = prepare();
    if (made.isEmpty()) {
      return stopped(attempt.stopped().orElseThrow());
    }
    Ready prepared = made.get();
    ready = prepared;
    Ran ran = once(prepared);
    for (int tries = 1; tries < SandboxStart.MOST && canStartAgain(prepared, ran); tries++) {
      SandboxStart.forget(prepared.launch());
      ran = once(prepared);
    }
    return afterwards(prepared, ran);
  }

  private boolean canStartAgain(Ready prepared, Ran ran) throws IOException {
    return attempt.stopped().isEmpty() && prepared.canStartAgain(ran.ending());
  }

  private record Ran(ProcessTree tree, Ending ending) {}

  private Ran once(Ready prepared) throws IOException, SpawnException {
    Child child = site.spawner().spawn(prepared.launch());
    boolean told = started != null;
    started = site.clock().instant();
    siteId = prepared.siteId(child.pid());
    ProcessIdentity process = ProcessIdentity.of(child.pid());
    ProcessTree tree = new ProcessTree(Marker.of(task.attempt()).variable(), process);
    Runnable stop =
        () -> {
          prepared.stop(site.grace());
          tree.stop(site.grace(), LocalSite.PATIENCE);
        };
    Runnable unwatch = () -> {};
    try {
      if (attempt.running(() -> site.background(stop))) {
        site.background(stop);
      }
      if (!told) {
        site.tell(attempt, new TaskState.Running(started, site.host()));
      }
      unwatch = site.watchTime(attempt);
      Records.writeProcess(folder.record(), process);
    } finally {
      ending = child.await();
      unwatch.run();
    }
    return new Ran(tree, ending);
  }

  /** Puts everything in place; empty if it was told to stop meanwhile, which breaks it off. */
  private Optional<Ready> prepare() throws IOException, AttemptFailure {
    makeFolders();
    @Nullable Ready made = null;
    attempt.preparing();
    try {
      DiskSpace.check(folder.path(), task.resources(), task.staging());
      made = site.ground(task).prepare(task, folder, site.paths());
    } catch (IOException | AttemptFailure e) {
      if (attempt.stopped().isEmpty()) {
        throw e;
      }
    } finally {
      attempt.prepared();
    }
    return attempt.stopped().isPresent() ? Optional.empty() : Optional.ofNullable(made);
  }

  private Outcome afterwards(Ready prepared, Ran ran) throws IOException, AttemptFailure {
    ProcessTree tree = ran.tree();
    Optional<Attempt.Stop> stop = attempt.over();
    if (stop.isPresent()) {
      prepared.stop(site.grace());
      tree.stop(site.grace(), LocalSite.PATIENCE);
    } else {
      tree.sweep(SWEEP_GRACE, LocalSite.PATIENCE);
    }
    try {
      return stop.isPresent()
          ? stopped(stop.get())
          : curable(prepared.outcome(ran.ending()), prepared);
    } finally {
      prepared.ended();
    }
  }

  /**
   * Where nothing but the machine's own memory ended it, more that it reserves means fewer that run
   * beside it; of one that has run alone there is no more to have.
   */
  private Outcome curable(Outcome outcome, Ready prepared) {
    return outcome instanceof Outcome.Failed failed
            && !prepared.isLimited()
            && !site.hadNeighbours(attempt)
        ? new Outcome.Failed(failed.kind(), failed.reason())
        : outcome;
  }

  private Outcome stopped(Attempt.Stop reason) {
    return switch (reason) {
      case CANCELLED, CLOSING -> new Outcome.Failed(FailureKind.CANCELLED, "cancelled");
      case TIME_IS_UP ->
          new Outcome.Failed(
              FailureKind.RESOURCES,
              "ran longer than its time limit of %s s (ToolTimeLimit)"
                  .formatted(seconds(task.timeLimit())));
    };
  }

  private static String seconds(@Nullable Duration limit) {
    return limit == null ? "?" : Double.toString(limit.toMillis() / 1000.0).replaceAll("\\.0$", "");
  }

  private void makeFolders() throws IOException {
    Files.createDirectory(folder.out());
    Files.createDirectories(site.paths().tmp(task.attempt()));
    if (!task.staging().isEmpty()) {
      Files.createDirectory(folder.in());
    }
  }

  private TaskResult result(Outcome outcome) {
    Ending end = ready != null && ready.seesUsage() ? ending : null;
    Usage usage =
        new Usage(
            site.host(),
            attempt.queued(),
            started,
            site.clock().instant(),
            end == null ? null : end.cpuTime(),
            end == null ? null : end.peakMemoryBytes());
    return new TaskResult(outcome, usage, siteId, ready == null ? null : ready.imageDigest());
  }

  private static FailureKind kind(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : null;
    return isFull(reason) || isFull(e.getMessage())
        ? FailureKind.RESOURCES
        : FailureKind.INFRASTRUCTURE;
  }

  /** In the system's words, of a disk (ENOSPC) or of what this user may have of it (EDQUOT). */
  private static boolean isFull(@Nullable String words) {
    return words != null
        && (words.contains("No space left") || words.contains("Disk quota exceeded"));
  }
}
