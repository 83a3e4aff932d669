package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A batch that is written down in a shared folder. */
record BatchFile(Path path) {

  static BatchFile of(Path root, BatchKey key) {
    return of(root, key.value());
  }

  static BatchFile of(Path root, String key) {
    return new BatchFile(folder(root).resolve(key));
  }

  private static Path folder(Path root) {
    return root.resolve("batches");
  }

  /** The keys of all, and when they were written. */
  static Map<String, Instant> all(Path root) throws IOException {
    Map<String, Instant> all = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(root))) {
      for (Path file : files) {
        written(file).ifPresent(at -> all.put(file.getFileName().toString(), at));
      }
    } catch (NoSuchFileException e) {
      return Map.of();
    }
    return all;
  }

  /** Empty if it has just been deleted. */
  private static Optional<Instant> written(Path file) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** All of it or nothing. */
  void write(List<Submission> jobs, Function<AttemptKey, String> where) throws IOException {
    Path folder = path.resolveSibling(".");
    Files.createDirectories(folder);
    Path made = Files.createTempFile(folder, "new-", "");
    Files.writeString(made, JobLines.write(jobs, where));
    Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
  }

  List<Submission> read(BatchKey key) throws IOException {
    return JobLines.read(Files.readString(path), key.installation());
  }

  /** When the site took it: before the first Job was there. */
  Instant written() throws IOException {
    return Files.getLastModifiedTime(path).toInstant();
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
