package io.twinflow.executors.slurm;

import io.twinflow.executors.api.BatchKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A batch of one task in one file, because each file more is felt at each submission: first the
 * notes, then what the bundle is told, and the job's id is put behind it. The notes are comments of
 * a shell, so that the job can take the whole as its file {@code task}.
 */
record SingleFile(Path path) implements FolderNotes {

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String COMMENT = "# ";

  /** The job, and when the file was written, which is newer by this line. */
  private static final Pattern TAKEN =
      Pattern.compile("^# job ([1-9][0-9]{0,17}) ([-0-9T:.]+Z)$", Pattern.MULTILINE);

  /**
   * The first line.
   *
   * @param attempt as its ground names it
   * @param words bytes that follow and are for the bundle; a file with fewer is not whole
   */
  private record Head(String attempt, Submission part, int words) {}

  private record Whole(Head head, Optional<Taken> taken) {}

  private record Taken(long job, Instant written) {}

  /** Beside the run's attempts, as it may hold their secrets: it goes with them at the latest. */
  static SingleFile of(Path root, BatchKey key) {
    return new SingleFile(
        root.resolve(key.run()).resolve("work").resolve("batches").resolve(key.value()));
  }

  @Override
  public boolean exists() throws IOException {
    return Files.exists(path) && whole().isPresent();
  }

  @Override
  public Path errors() {
    return path.resolveSibling(path.getFileName() + ".errors");
  }

  /**
   * All of it or nothing; an earlier engine's stays as it is.
   *
   * @param words for the bundle; empty if they lie in the attempt's folder
   * @return what is there now
   */
  BatchContent write(String attempt, Submission part, String words) throws IOException {
    byte[] told = words.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        (COMMENT + JSON.writeValueAsString(new Head(attempt, part, told.length)) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer text = ByteBuffer.allocate(head.length + told.length).put(head).put(told).flip();
    try {
      make(path, text);
      return new BatchContent(List.of(attempt), List.of(part), modified(), true);
    } catch (FileAlreadyExistsException e) {
      if (!exists()) {
        // What a full disk or a crash left. Whoever wrote it may go on: it is no new batch.
        replace(text);
      }
      return read();
    }
  }

  private void replace(ByteBuffer text) throws IOException {
    String number = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path made = path.resolveSibling("new-" + path.getFileName() + "-" + number);
    make(made, text.rewind());
    Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void make(Path file, ByteBuffer text) throws IOException {
    try {
      put(file, text);
    } catch (NoSuchFileException e) {
      Files.createDirectories(Objects.requireNonNull(file.getParent()), OWNERS_FOLDER);
      put(file, text);
    }
  }

  private static void put(Path file, ByteBuffer text) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNERS)) {
      while (text.hasRemaining()) {
        channel.write(text);
      }
    }
  }

  private Instant modified() throws IOException {
    return Files.getLastModifiedTime(path).toInstant();
  }

  @Override
  public BatchContent read() throws IOException {
    Whole whole = whole().orElseThrow(() -> new IOException(path + " is not whole"));
    Optional<Taken> taken = whole.taken();
    return new BatchContent(
        List.of(whole.head().attempt()),
        List.of(whole.head().part()),
        taken.isPresent() ? taken.get().written() : modified(),
        false);
  }

  /** Empty if it is just being written, or was left so. */
  private Optional<Whole> whole() throws IOException {
    byte[] all = Files.readAllBytes(path);
    int end = 0;
    while (end < all.length && all[end] != '\n') {
      end++;
    }
    if (end == all.length) {
      return Optional.empty();
    }
    Head head = head(new String(all, 0, end, StandardCharsets.UTF_8));
    int rest = end + 1 + head.words();
    return rest > all.length
        ? Optional.empty()
        : Optional.of(
            new Whole(
                head, taken(new String(all, rest, all.length - rest, StandardCharsets.UTF_8))));
  }

  private Head head(String line) throws IOException {
    try {
      return JSON.readValue(line.substring(COMMENT.length()), Head.class);
    } catch (JacksonException | IndexOutOfBoundsException e) {
      throw new IOException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Optional<Taken> taken(String lines) {
    Matcher matcher = TAKEN.matcher(lines);
    return matcher.find()
        ? Optional.of(new Taken(Long.parseLong(matcher.group(1)), Instant.parse(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public Submission split(int part, Submission what, int rest) {
    throw new IllegalStateException(path + " has one task, and was to be split");
  }

  @Override
  public Optional<Long> readJob(int part) throws IOException {
    return whole().flatMap(Whole::taken).map(Taken::job);
  }

  @Override
  public void writeJob(int part, long id) throws IOException {
    Files.writeString(path, "# job %d %s\n".formatted(id, modified()), StandardOpenOption.APPEND);
  }

  @Override
  public void delete() throws IOException {
    Files.deleteIfExists(path);
    Files.deleteIfExists(errors());
  }
}
