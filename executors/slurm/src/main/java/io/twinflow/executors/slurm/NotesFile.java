package io.twinflow.executors.slurm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notes of batches of one task, one behind the other: {@code batch KEY HEAD WORDS} and a newline,
 * so many bytes of JSON that are the head, so many that the bundle is told; and {@code job KEY ID}
 * once there is one. One engine alone appends to it, and to another file after an error, so that
 * only the end of a file can be cut. A batch that nobody needs any more is called {@code ended},
 * and its words are spaces.
 */
final class NotesFile {

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static final String BATCH = "batch";
  static final String ENDED = "ended";
  static final String JOB = "job";

  /** What a batch is, but for its words. */
  record Head(String attempt, Submission part, long written) {}

  /**
   * Where a batch stands.
   *
   * @param from of its first byte
   * @param headFrom of its head, of so many bytes, behind which are so many words
   */
  record Place(long from, long headFrom, int head, int words) {

    long wordsFrom() {
      return headFrom + head;
    }

    long end() {
      return wordsFrom() + words;
    }
  }

  /** So that each goes when its last batch has. */
  private static final int MOST = 1_000;

  private final Path path;
  private long size;
  private int batches;

  private NotesFile(Path path) {
    this.path = path;
  }

  /** One that nobody else writes. */
  static NotesFile create(Path folder) throws IOException {
    String number = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path file = folder.resolve("notes-" + number);
    try {
      Files.createFile(file, OWNERS);
    } catch (NoSuchFileException e) {
      Files.createDirectories(folder, OWNERS_FOLDER);
      Files.createFile(file, OWNERS);
    }
    return new NotesFile(file);
  }

  Path path() {
    return path;
  }

  /** Then another one is begun. */
  boolean isFull() {
    return batches == MOST;
  }

  /** All of it, by one call. */
  Place append(String key, Head what, byte[] words) throws IOException {
    byte[] head = JSON.writeValueAsBytes(what);
    byte[] line =
        "%s %s %d %d\n"
            .formatted(BATCH, key, head.length, words.length)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(line.length + head.length + words.length);
    Place place = new Place(size, size + line.length, head.length, words.length);
    append(all.put(line).put(head).put(words).flip());
    batches++;
    return place;
  }

  void appendJob(String key, long job) throws IOException {
    append(ByteBuffer.wrap("%s %s %d\n".formatted(JOB, key, job).getBytes(StandardCharsets.UTF_8)));
  }

  private void append(ByteBuffer text) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.APPEND)) {
      size += text.remaining();
      while (text.hasRemaining()) {
        channel.write(text);
      }
    }
  }

  static Head head(Path file, Place place) throws IOException {
    byte[] head = read(file, place.headFrom(), place.head());
    try {
      return JSON.readValue(head, Head.class);
    } catch (JacksonException e) {
      throw new IOException(
          "%s cannot be read at %d: %s".formatted(file, place.from(), e.getMessage()), e);
    }
  }

  /** Fewer at the end of the file. */
  static byte[] read(Path file, long from, int most) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file);
        InputStream in = Channels.newInputStream(channel.position(from))) {
      return in.readNBytes(most);
    }
  }

  /** Nobody needs it any more, and what it holds may be secret. */
  static void end(Path file, Place place) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      put(channel, place.from(), ENDED);
      put(channel, place.wordsFrom(), " ".repeat(place.words()));
    }
  }

  private static void put(FileChannel channel, long from, String text) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    for (long at = from; left.hasRemaining(); ) {
      at += channel.write(left, at);
    }
  }
}
