package io.twinflow.executors.serverless.folder;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.bundle.BundleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;

/**
 * An attempt that a site has to run.
 *
 * @param queued when its batch was written down
 */
public record Attempt(
    AttemptKey key, BatchKey batch, BundleFolder folder, Call call, Instant queued) {

  /** What the site calls the copies of it that have started; empty before the first has. */
  public List<String> starts() throws IOException {
    try {
      return Files.readAllLines(folder.path().resolve("starts")).stream()
          .filter(line -> !line.isBlank())
          .distinct()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Asks whatever runs it to end. */
  void askToStop() throws IOException {
    Files.write(folder.path().resolve("stop"), new byte[0]);
  }

  boolean wasAskedToStop() {
    return Files.exists(folder.path().resolve("stop"));
  }

  /** Removes what only this package has put beside the bundle. */
  static void release(BundleFolder folder) throws IOException {
    for (String notes : List.of("call.json", "starts", "stop")) {
      Files.deleteIfExists(folder.path().resolve(notes));
    }
  }
}
