package io.twinflow.engine.core.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that nobody but their owner can look into, from their first moment. */
final class OwnerOnly {

  private OwnerOnly() {}

  static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  static void folder(Path folder) throws IOException {
    Files.createDirectories(folder.normalize(), attributes("rwx------"));
  }

  /** A file beside the given one, with everything on the disk; to be moved or linked there. */
  static Path write(Path beside, byte[] bytes) throws IOException {
    Path part =
        Files.createTempFile(
            beside.toAbsolutePath().getParent(), "new", ".part", attributes("rw-------"));
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    return part;
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
