package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.Bundle;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.bundle.ResultRecord;
import io.twinflow.executors.bundle.files.LocalOutputFolder;
import io.twinflow.executors.bundle.files.ToolPaths;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A folder that this machine and all pods see under the same name. */
final class FolderGround implements Ground {

  private final SharedFolder shared;
  private final FolderPods pods;
  private final Path root;

  /**
   * @throws UncheckedIOException if the folder cannot be used
   */
  FolderGround(KubernetesOptions options, SharedFolder shared) {
    this.shared = shared;
    this.root = shared.root();
    try {
      Files.createDirectories(root);
      this.pods = new FolderPods(options, shared, Bundle.script(root));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use %s as the shared folder of site %s".formatted(root, options.site()), e);
    }
  }

  private BundleFolder folder(AttemptKey attempt) {
    return BundleFolder.of(root, attempt);
  }

  @Override
  public Labels labels() {
    return Labels.of(root.toString());
  }

  @Override
  public PodFiles pods() {
    return pods;
  }

  @Override
  public Layout layout(AttemptKey attempt) {
    return folder(attempt).layout();
  }

  @Override
  public Set<String> reaches() {
    return Set.of("file");
  }

  @Override
  public void write(TaskSpec task) throws IOException, AttemptFailure {
    Bundle.writeWithinImage(task, folder(task.attempt()));
  }

  @Override
  public void fail(AttemptKey attempt, AttemptFailure failure, Instant now) throws IOException {
    ResultRecord.writeFailure(folder(attempt), failure, now);
  }

  @Override
  public Map<AttemptKey, TaskResult> results(Collection<AttemptKey> attempts, Instant queued)
      throws IOException {
    Map<AttemptKey, TaskResult> results = new HashMap<>();
    for (AttemptKey attempt : attempts) {
      ResultRecord.read(folder(attempt), queued).ifPresent(result -> results.put(attempt, result));
    }
    return results;
  }

  @Override
  public Looked look(AttemptKey attempt, Instant queued) throws IOException {
    return new Looked(
        ResultRecord.read(folder(attempt), queued), folder(attempt).revocation(), null);
  }

  @Override
  public boolean revoke(AttemptKey attempt, Revocation why) throws IOException {
    return folder(attempt).revoke(why);
  }

  private Path cancelled(AttemptKey attempt) {
    return folder(attempt).path().resolve("cancelled");
  }

  @Override
  public boolean isCancelled(AttemptKey attempt) {
    return Files.exists(cancelled(attempt));
  }

  @Override
  public void noteCancelled(AttemptKey attempt) throws IOException {
    try {
      Files.createFile(cancelled(attempt));
    } catch (FileAlreadyExistsException e) {
      // By an earlier call.
      return;
    }
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    BundleFolder folder = folder(task.attempt());
    return LocalOutputFolder.of(
        task, ToolPaths.same(), List.of(folder.out(), folder.in()), folder.secrets());
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    Path log = folder(attempt).log(stream);
    return Files.exists(log) ? Files.newInputStream(log) : InputStream.nullInputStream();
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return folder(attempt).path().toString();
  }

  @Override
  public void release(AttemptKey attempt) throws IOException {
    folder(attempt).release();
  }

  @Override
  public List<Finding> check() {
    return List.of(
        Files.isDirectory(root) && Files.isWritable(root)
            ? Finding.good(
                "shared folder",
                "%s can be written here; pods mount %s".formatted(root, shared.mount()))
            : Finding.problem(
                "shared folder",
                "%s is no folder that can be written here".formatted(root),
                "mount it here under the name that pods have it under, and let this user write there"));
  }

  @Override
  public Optional<Noted> read(BatchKey batch) throws IOException {
    BatchFile file = BatchFile.of(root, batch);
    return file.exists()
        ? Optional.of(new Noted(file.read(batch), file.written()))
        : Optional.empty();
  }

  @Override
  public void note(BatchKey batch, List<Submission> jobs) throws IOException {
    BatchFile.of(root, batch).write(jobs, attempt -> folder(attempt).path().toString());
  }

  @Override
  public void forget(String batch) throws IOException {
    BatchFile.of(root, batch).delete();
  }

  @Override
  public Map<String, Instant> batches() throws IOException {
    return BatchFile.all(root);
  }
}
