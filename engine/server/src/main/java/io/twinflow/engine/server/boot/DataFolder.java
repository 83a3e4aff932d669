package io.twinflow.engine.server.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of a server, or of several that share a database:
 *
 * <pre>
 * home, installation, secrets/, runs/, cache/ as on a laptop
 * postgres/   the private database
 * uploads/    what was submitted
 * web/        of the web server
 * admin-token readable by its owner only
 * ticket-key  the same
 * lock
 * </pre>
 */
public final class DataFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel channel;

  private DataFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @param shared whether other servers may hold it at the same time; those with a private database
   *     may not
   * @throws IOException if it cannot be made, or another server holds it
   */
  public static DataFolder hold(Path folder, boolean shared) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!isLocked(channel, shared)) {
      String holder = Files.readString(file).strip();
      channel.close();
      throw new IOException(
          "%s is in use by another server (%s): stop it first, give this one another folder with --data, or give both the same database with --db"
              .formatted(folder, holder.isEmpty() ? "unknown" : holder));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            "process %d\n"
                .formatted(ProcessHandle.current().pid())
                .getBytes(StandardCharsets.UTF_8)));
    return new DataFolder(folder, channel);
  }

  private static boolean isLocked(FileChannel channel, boolean shared) throws IOException {
    try {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  public Path folder() {
    return folder;
  }

  /** Part of every key that a site sees. */
  public String installation() throws IOException {
    return Files.readString(folder.resolve("installation")).strip();
  }

  public Path postgres() {
    return folder.resolve("postgres");
  }

  public Path uploads() {
    return folder.resolve("uploads");
  }

  /** Working folders and results, by run. */
  public Path runs() {
    return folder.resolve("runs");
  }

  /** What was fetched from elsewhere. */
  public Path inputs() {
    return folder.resolve("inputs");
  }

  /** Copies of what is in a store elsewhere. */
  public Path near() {
    return folder.resolve("near");
  }

  /** With which attempts elsewhere are known again; for all servers that share the folder. */
  public Path ticketKey() {
    return folder.resolve("ticket-key");
  }

  public Path adminToken() {
    return folder.resolve("admin-token");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
