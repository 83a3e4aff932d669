package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Capabilities;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.files.FolderTree;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.files.LocalOutputFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs attempts on this machine. It reads the clock for the times of results only. Attempts that
 * wait live in this process alone: after a crash of it they are gone, and {@link #find} says so.
 */
public final class LocalExecutor implements Executor {

  private static final int MAX_BATCH = 10_000;
  private static final int DEPTH_PER_CORE = 16;
  private static final Duration FIND_GRACE = Duration.ofSeconds(1);

  private final LocalOptions options;
  private final AttemptPaths paths;
  private final Machine machine;
  private final Observations observations = new Observations();
  private final Workshop workshop;
  private final Grounds grounds;

  public LocalExecutor(LocalOptions options) {
    this.options = options;
    this.paths = new AttemptPaths(existing(options.root()), options.tmpdirPrefix());
    Machine found = Machine.detect();
    Double cores = options.cores();
    Long memory = options.memoryMiB();
    this.machine =
        new Machine(
            found.host(),
            cores == null ? found.cores() : cores,
            memory == null ? found.memoryMiB() : memory,
            found.gpus());
    this.grounds = new Grounds(options);
    this.workshop =
        new Workshop(paths, machine, grounds, observations, options.grace(), Clock.systemUTC());
  }

  private static Path existing(Path root) {
    try {
      return Files.createDirectories(root).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + root + " as the folder of runs", e);
    }
  }

  @Override
  public String site() {
    return options.site();
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        machine.cores(),
        machine.memoryMiB(),
        machine.gpus(),
        grounds.engineName(),
        grounds.advice(),
        Set.of("file"),
        MAX_BATCH,
        (int) Math.max(DEPTH_PER_CORE, DEPTH_PER_CORE * machine.cores()));
  }

  @Override
  public List<Finding> check() {
    return new CheckMachine(machine, grounds, paths.root()).findings();
  }

  @Override
  public Optional<String> imageDigest(ContainerSpec container) {
    return grounds.imageDigest(container);
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return paths.layout(attempt, inContainer);
  }

  @Override
  public BatchHandle submit(Batch batch) throws SiteException {
    return workshop.take(batch);
  }

  @Override
  public Optional<BatchHandle> find(BatchKey batch, Collection<AttemptKey> attempts)
      throws SiteException {
    Optional<BatchHandle> here = workshop.batch(batch);
    if (here.isPresent()) {
      observations.tellAgain(batch, attempts);
      return here;
    }
    List<AttemptKey> found =
        attempts.stream().filter(attempt -> paths.folder(attempt).claimed()).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      tellEnds(batch, found);
    } catch (IOException e) {
      throw new SiteException(
          SiteException.Certainty.UNKNOWN,
          FailureKind.INFRASTRUCTURE,
          "cannot find out about %s: %s".formatted(batch, e.getMessage()),
          e);
    }
    return Optional.of(workshop.adopt(new BatchHandle(batch, Set.copyOf(found), "")));
  }

  @Override
  public void revoke(Collection<AttemptKey> attempts) throws SiteException {
    try {
      end(attempts);
    } catch (IOException e) {
      throw new SiteException(
          SiteException.Certainty.UNKNOWN,
          FailureKind.INFRASTRUCTURE,
          "cannot see to it that %s do not start: %s".formatted(attempts, e.getMessage()),
          e);
    }
  }

  /** An engine that sleeps, or has died, may be about to start them, or have them running. */
  private void end(Collection<AttemptKey> attempts) throws IOException, SiteException {
    List<AttemptKey> begun = new ArrayList<>();
    for (AttemptKey attempt : attempts) {
      if (paths.folder(attempt).revoke()) {
        begun.add(attempt);
      }
    }
    new StopRemains(paths, grounds, FIND_GRACE).of(begun);
  }

  private void tellEnds(BatchKey batch, List<AttemptKey> attempts)
      throws IOException, SiteException {
    List<AttemptKey> open = new ArrayList<>();
    for (AttemptKey attempt : attempts) {
      Optional<TaskResult> result = Records.readResult(paths.folder(attempt).record());
      if (result.isPresent()) {
        observations.tell(batch, attempt, new TaskState.Ended(result.get()));
      } else {
        open.add(attempt);
      }
    }
    end(open);
    for (AttemptKey attempt : open) {
      observations.tell(
          batch, attempt, new TaskState.Lost("the engine that ran it ended before it did"));
    }
  }

  @Override
  public List<Observation> observe(Collection<BatchHandle> batches, Duration atMost)
      throws InterruptedException {
    return observations.take(batches, atMost);
  }

  @Override
  public void lookAgain() {
    observations.lookAgain();
  }

  @Override
  public Optional<String> waitsFor(AttemptKey attempt) {
    return workshop.waitsFor(attempt);
  }

  @Override
  public void cancel(Collection<AttemptKey> attempts) {
    workshop.cancel(attempts);
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    AttemptFolder folder = paths.folder(task.attempt());
    return LocalOutputFolder.of(
        task,
        grounds.paths(task, folder, paths),
        List.of(folder.out(), folder.in()),
        folder.secrets());
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    Path log = paths.folder(attempt).log(stream);
    return Files.exists(log) ? Files.newInputStream(log) : InputStream.nullInputStream();
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return paths.folder(attempt).path().toString();
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {
    for (AttemptKey attempt : attempts) {
      try {
        FolderTree.delete(paths.tmp(attempt));
        paths.folder(attempt).secrets().erase();
        FolderTree.delete(paths.folder(attempt).in());
      } catch (IOException e) {
        System.getLogger(LocalExecutor.class.getName())
            .log(System.Logger.Level.WARNING, "cannot tidy up after " + attempt + ": " + e);
      }
    }
    workshop.forget(attempts);
  }

  @Override
  public void close() {
    workshop.close();
  }
}
