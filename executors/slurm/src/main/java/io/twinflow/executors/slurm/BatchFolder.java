package io.twinflow.executors.slurm;

import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A batch's notes in a folder: the attempts one to a line, a file for each part and each job. */
record BatchFolder(Path path) implements FolderNotes {

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static BatchFolder of(Path root, BatchKey key) {
    return new BatchFolder(root.resolve("batches").resolve(key.value()));
  }

  @Override
  public boolean exists() {
    return Files.isDirectory(path);
  }

  Path attempts() {
    return path.resolve("attempts");
  }

  @Override
  public Path errors() {
    return path.resolve("errors.log");
  }

  private Path part(int number) {
    return path.resolve("part-%d.json".formatted(number));
  }

  private Path job(int part) {
    return path.resolve("part-%d.job".formatted(part));
  }

  /**
   * All of it or nothing; an earlier engine's stays as it is.
   *
   * @param attempts as their {@link Ground} names them
   * @return what is there now
   */
  BatchContent write(List<String> attempts, List<Submission> parts) throws IOException {
    Path made = makeAnother();
    BatchFolder fresh = new BatchFolder(made);
    StringBuilder lines = new StringBuilder();
    attempts.forEach(attempt -> lines.append(attempt).append('\n'));
    Files.writeString(fresh.attempts(), lines);
    for (int i = 0; i < parts.size(); i++) {
      Files.write(fresh.part(i), JSON.writeValueAsBytes(parts.get(i)));
    }
    try {
      Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
      return new BatchContent(attempts, parts, written(), true);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException e) {
      FolderTree.delete(made);
      if (!exists()) {
        throw e;
      }
      return read();
    }
  }

  /** Nobody else's, whoever writes the same batch just now. */
  private Path makeAnother() throws IOException {
    String number = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path made = path.resolveSibling("new-" + path.getFileName() + "-" + number);
    try {
      Files.createDirectory(made, OWNERS);
    } catch (NoSuchFileException e) {
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.createDirectory(made, OWNERS);
    }
    return made;
  }

  @Override
  public BatchContent read() throws IOException {
    return new BatchContent(readAttempts(), readParts(), written(), false);
  }

  private Instant written() throws IOException {
    return Files.getLastModifiedTime(attempts()).toInstant();
  }

  private List<String> readAttempts() throws IOException {
    return Files.readAllLines(attempts());
  }

  private List<Submission> readParts() throws IOException {
    List<Submission> parts = new ArrayList<>();
    for (Path file = part(0); Files.exists(file); file = part(parts.size())) {
      try {
        parts.add(JSON.readValue(Files.readString(file), Submission.class));
      } catch (JacksonException e) {
        throw new IOException(file + " cannot be read: " + e.getMessage(), e);
      }
    }
    return parts;
  }

  @Override
  public Submission split(int part, Submission what, int rest) throws IOException {
    Submission more = what.rest(comment(rest));
    // The rest first: what is in both for a moment is claimed by who comes first.
    write(rest, more);
    write(part, what.half());
    return more;
  }

  private String comment(int part) {
    return Parts.comment(path.getFileName().toString(), part);
  }

  private void write(int part, Submission what) throws IOException {
    Path made = path.resolve("part-%d.new".formatted(part));
    Files.writeString(made, JSON.writeValueAsString(what));
    Files.move(
        made, part(part), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public Optional<Long> readJob(int part) throws IOException {
    if (!Files.exists(job(part))) {
      return Optional.empty();
    }
    String line = Files.readString(job(part));
    return line.endsWith("\n") ? Optional.of(Long.valueOf(line.strip())) : Optional.empty();
  }

  @Override
  public void writeJob(int part, long id) throws IOException {
    Files.writeString(job(part), id + "\n");
  }

  @Override
  public void delete() throws IOException {
    FolderTree.delete(path);
  }
}
