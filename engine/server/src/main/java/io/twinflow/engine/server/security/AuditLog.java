package io.twinflow.engine.server.security;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A line of JSON for each change by a person, in a file that only the server's owner reads. When it
 * has grown it becomes {@code audit.log.1}, and so on; the oldest goes.
 */
final class AuditLog {

  private static final Logger LOG = System.getLogger(AuditLog.class.getName());
  private static final int KEPT = 10;

  private final Path file;
  private final long mostBytes;

  AuditLog(Path file, long mostBytes) {
    this.file = file;
    this.mostBytes = mostBytes;
  }

  /** What cannot be written is told to the server's log: the change has happened. */
  synchronized void write(String line) {
    try {
      if (size() > mostBytes) {
        rotate();
      }
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the audit cannot be written ({0}): {1}", e.getMessage(), line);
    }
  }

  private long size() throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private void rotate() throws IOException {
    for (int i = KEPT - 1; i >= 1; i--) {
      Path old = numbered(i);
      if (Files.exists(old)) {
        Files.move(old, numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path numbered(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}
