package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.bundle.BundleFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * An attempt whose end is not known yet.
 *
 * @param since when this engine began to follow it
 */
record Followed(
    AttemptKey attempt,
    BatchKey batch,
    BundleFolder folder,
    String namespace,
    Instant queued,
    Instant since) {

  String job() {
    return attempt.value();
  }

  /** As an administrator of the cluster finds it. */
  String siteId() {
    return namespace + "/" + job();
  }

  private Path cancelled() {
    return folder.path().resolve("cancelled");
  }

  /** Somebody asked for it, perhaps by an engine that has died since. */
  boolean isCancelled() {
    return Files.exists(cancelled());
  }

  void noteCancelled() throws IOException {
    try {
      Files.createFile(cancelled());
    } catch (FileAlreadyExistsException e) {
      // By an earlier call.
      return;
    }
  }
}
