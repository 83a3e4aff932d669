package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.Bundle;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.FolderAttempts;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import java.io.IOException;
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

/** A folder that this machine and all pods see under the same name. */
final class FolderGround implements Ground {

  private final SharedFolder shared;
  private final FolderPods pods;
  private final Path root;
  private final FolderAttempts attempts;

  /**
   * @throws UncheckedIOException if the folder cannot be used, and not for a share that is not
   *     mounted
   */
  FolderGround(KubernetesOptions options, SharedFolder shared) {
    this.shared = shared;
    this.root = shared.root();
    // Not by its real path: pods have the folder under the name that was configured.
    this.attempts = new FolderAttempts(root, new Containers.OfSite());
    this.pods = new FolderPods(options, shared, Bundle.script(root));
    try {
      attempts.begin();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use %s as the shared folder of site %s: %s".formatted(root, options.site(), e),
          e);
    }
  }

  private BundleFolder folder(AttemptKey attempt) {
    return attempts.folder(attempt);
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
  public Attempts attempts() {
    return attempts;
  }

  @Override
  public Map<AttemptKey, TaskResult> results(Collection<AttemptKey> wanted, Instant queued)
      throws IOException {
    Map<AttemptKey, TaskResult> results = new HashMap<>();
    for (AttemptKey attempt : wanted) {
      attempts.result(attempt, queued).ifPresent(result -> results.put(attempt, result));
    }
    return results;
  }

  @Override
  public Looked look(AttemptKey attempt, Instant queued) throws IOException {
    return new Looked(attempts.result(attempt, queued), attempts.revocation(attempt), null);
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
  public void release(AttemptKey attempt) throws IOException {
    attempts.release(attempt);
  }

  @Override
  public List<Finding> check() {
    return List.of(attempts.check("all pods (which mount %s)".formatted(shared.mount())));
  }

  @Override
  public Optional<Noted> read(BatchKey batch) throws IOException {
    attempts.ready();
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
    attempts.ready();
    return BatchFile.all(root);
  }
}
