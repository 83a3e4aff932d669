package io.twinflow.engine.server;

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
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A site that outlives every server: an attempt is a folder, made by the one call that also is its
 * effect, so that effects can be counted whatever dies. A file in its place says that it never will
 * run. Files beside it say what the tool was, and that it was cancelled.
 */
final class FolderSite implements Executor {

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration SLOW = Duration.ofMinutes(10);
  private static final int LONGEST_MILLIS = 300;

  private final Path folder;

  FolderSite(Path folder) {
    this.folder = folder;
  }

  private Path place(AttemptKey attempt) {
    return folder.resolve(attempt.value());
  }

  /** What is known of an attempt beside its folder. */
  private Path said(AttemptKey attempt, String word) {
    return folder.resolve(attempt.value() + "." + word);
  }

  @Override
  public String site() {
    return "folder";
  }

  @Override
  public List<Finding> check() {
    return List.of();
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        4, 4096, 0, Optional.empty(), "this site has no containers", Set.of("file"), 100, 400);
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    String at = place(attempt).toString();
    return new Layout(at + "/out", at + "/tmp", at + "/in");
  }

  @Override
  public BatchHandle submit(Batch batch) throws SiteException {
    List<AttemptKey> attempts = new ArrayList<>();
    for (TaskSpec task : batch.tasks()) {
      try {
        Files.writeString(said(task.attempt(), task.command().getFirst()), "");
        Files.createDirectory(place(task.attempt()));
      } catch (FileAlreadyExistsException e) {
        // A second copy does nothing.
      } catch (IOException e) {
        throw new SiteException(
            SiteException.Certainty.UNKNOWN, FailureKind.INFRASTRUCTURE, e.toString());
      }
      attempts.add(task.attempt());
    }
    return new BatchHandle(batch.key(), Set.copyOf(attempts), "");
  }

  @Override
  public Optional<BatchHandle> find(BatchKey batch, Collection<AttemptKey> attempts)
      throws SiteException {
    List<AttemptKey> there =
        attempts.stream().filter(attempt -> Files.isDirectory(place(attempt))).toList();
    if (there.isEmpty()) {
      return Optional.empty();
    }
    revoke(attempts);
    return Optional.of(
        new BatchHandle(
            batch,
            Set.copyOf(
                attempts.stream().filter(attempt -> Files.isDirectory(place(attempt))).toList()),
            ""));
  }

  @Override
  public void revoke(Collection<AttemptKey> attempts) throws SiteException {
    for (AttemptKey attempt : attempts) {
      try {
        Files.createFile(place(attempt));
      } catch (FileAlreadyExistsException e) {
        // It runs, or never will.
      } catch (IOException e) {
        throw new SiteException(
            SiteException.Certainty.UNKNOWN, FailureKind.INFRASTRUCTURE, e.toString());
      }
    }
  }

  @Override
  public List<Observation> observe(Collection<BatchHandle> batches, Duration atMost)
      throws InterruptedException, SiteException {
    Thread.sleep(LOOK);
    List<Observation> news = new ArrayList<>();
    for (BatchHandle batch : batches) {
      for (AttemptKey attempt : batch.attempts()) {
        state(attempt).ifPresent(state -> news.add(new Observation(attempt, state)));
      }
    }
    return news;
  }

  private Optional<TaskState> state(AttemptKey attempt) throws SiteException {
    Path place = place(attempt);
    if (!Files.isDirectory(place)) {
      return Optional.of(new TaskState.Lost("it was revoked"));
    }
    try {
      Instant began = Files.getLastModifiedTime(place).toInstant();
      boolean slow = Files.exists(said(attempt, "slow"));
      Duration takes =
          slow ? SLOW : Duration.ofMillis(Math.floorMod(attempt.hashCode(), LONGEST_MILLIS));
      if (Files.exists(said(attempt, "cancelled"))) {
        return Optional.of(ended(new Outcome.Failed(FailureKind.CANCELLED, "asked for"), began));
      }
      if (began.plus(takes).isAfter(Instant.now())) {
        return Optional.empty();
      }
      int code = Files.exists(said(attempt, "false")) ? 1 : 0;
      return Optional.of(ended(new Outcome.Exited(code), began));
    } catch (IOException e) {
      throw new SiteException(
          SiteException.Certainty.UNKNOWN, FailureKind.INFRASTRUCTURE, e.toString());
    }
  }

  private static TaskState ended(Outcome outcome, Instant began) {
    return new TaskState.Ended(
        new TaskResult(
            outcome, new TaskResult.Usage("folder", began, began, began, null, null), "", null));
  }

  @Override
  public void cancel(Collection<AttemptKey> attempts) throws SiteException {
    for (AttemptKey attempt : attempts) {
      try {
        Files.writeString(said(attempt, "cancelled"), "");
      } catch (IOException e) {
        throw new SiteException(
            SiteException.Certainty.UNKNOWN, FailureKind.INFRASTRUCTURE, e.toString());
      }
    }
  }

  @Override
  public OutputFolder outputs(TaskSpec task) {
    return new NoOutputs();
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) {
    return InputStream.nullInputStream();
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return place(attempt).toString();
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {}

  @Override
  public void close() {}

  /** Tools here leave nothing. */
  private static final class NoOutputs implements OutputFolder {
    @Override
    public List<Entry> glob(String pattern) {
      return List.of();
    }

    @Override
    public Optional<Entry> find(String path) {
      return Optional.empty();
    }

    @Override
    public List<Entry> list(Entry directory) {
      return List.of();
    }

    @Override
    public byte[] read(Entry file, int limit) throws IOException {
      throw new IOException("there is no " + file);
    }

    @Override
    public Identity identify(Entry file) throws IOException {
      throw new IOException("there is no " + file);
    }
  }
}
