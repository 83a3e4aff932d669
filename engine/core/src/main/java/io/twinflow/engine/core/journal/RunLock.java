package io.twinflow.engine.core.journal;

import io.twinflow.engine.core.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ownership of a run on one machine: a lock on a file, which the system lets go of when the process
 * dies. The file's text says who has it.
 */
final class RunLock implements AutoCloseable {

  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofMillis(20);

  /**
   * Of this process, with who has it. The system forgets a process's lock when the process closes
   * the file a second time: a file that stands here is never opened, and none is entered while
   * somebody looks.
   */
  private static final Map<Path, String> HELD = new HashMap<>();

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Whether anybody has it now. */
  static boolean isHeld(Path file) throws IOException {
    synchronized (HELD) {
      if (HELD.containsKey(file)) {
        return true;
      }
      if (!Files.isRegularFile(file)) {
        return false;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        return lock == null;
      }
    }
  }

  static RunLock take(RunId run, Path file, String instance) throws IOException {
    synchronized (HELD) {
      String owner = HELD.putIfAbsent(file, instance);
      if (owner != null) {
        throw ownedElsewhere(run, owner);
      }
    }
    try {
      return locked(run, file, instance);
    } catch (IOException e) {
      letGo(file);
      throw e;
    }
  }

  private static void letGo(Path file) {
    synchronized (HELD) {
      HELD.remove(file);
    }
  }

  private static RunLock locked(RunId run, Path file, String instance) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!isLocked(channel)) {
        throw ownedElsewhere(run, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((instance + "\n").getBytes(StandardCharsets.UTF_8)), 0);
      return new RunLock(file, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Who only looks whether the lock is held has it for a moment. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (lock(channel) != null) {
        return true;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return false;
  }

  private static OwnedElsewhereException ownedElsewhere(RunId run, String owner) {
    return new OwnedElsewhereException(
        "run %s is being executed by %s; wait for it or stop it first"
            .formatted(run, owner.isEmpty() ? "another engine" : owner));
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      letGo(file);
    }
  }
}
