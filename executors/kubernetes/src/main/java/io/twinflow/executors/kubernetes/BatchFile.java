package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A batch that is written down in a shared folder. */
record BatchFile(Path path) {

  static BatchFile of(Path root, BatchKey key) {
    return new BatchFile(folder(root).resolve(key.value()));
  }

  private static Path folder(Path root) {
    return root.resolve("batches");
  }

  /** The keys of all. */
  static Set<String> all(Path root) throws IOException {
    try (Stream<Path> files = Files.list(folder(root))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    } catch (NoSuchFileException e) {
      return Set.of();
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
