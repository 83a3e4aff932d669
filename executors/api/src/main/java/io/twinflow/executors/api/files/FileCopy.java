package io.twinflow.executors.api.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Copies one file without its bytes passing through the heap, or this process at all: the JDK asks
 * the kernel to copy (copy_file_range on Linux), which shares blocks where the file system can, and
 * clones on macOS. A large file is copied part by part, so that an interrupt is heeded.
 */
public final class FileCopy {

  /** Bytes in one call; a tenth of a second on a slow disk, and a multiple of every block size. */
  private static final long PART = 64L * 1024 * 1024;

  private static final boolean BY_PARTS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");

  private FileCopy() {}

  /**
   * Also gives the copy the source's permissions and times.
   *
   * @param source a file; a link is followed
   * @param target is replaced if it is a file or link
   * @throws java.nio.channels.ClosedByInterruptException soon after the thread was interrupted;
   *     what is copied by then stays
   */
  public static void copy(Path source, Path target) throws IOException {
    if (!BY_PARTS || Files.size(source) <= PART) {
      Files.copy(
          source, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      return;
    }
    Files.deleteIfExists(target);
    try (FileChannel from = FileChannel.open(source);
        FileChannel to =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      copy(from, to);
    }
    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(source));
    Files.setLastModifiedTime(target, Files.getLastModifiedTime(source));
  }

  private static void copy(FileChannel from, FileChannel to) throws IOException {
    long size = from.size();
    for (long at = 0; at < size; ) {
      long copied = from.transferTo(at, Math.min(PART, size - at), to);
      if (copied == 0) {
        throw new IOException("the file became shorter while it was copied");
      }
      at += copied;
    }
  }
}
