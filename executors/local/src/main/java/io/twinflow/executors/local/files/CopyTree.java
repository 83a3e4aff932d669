package io.twinflow.executors.local.files;

import io.twinflow.executors.api.files.FileCopy;
import io.twinflow.executors.api.files.Interrupts;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A private, writable copy of a file or folder; links inside become what they point to. */
final class CopyTree {

  private static final Set<FileVisitOption> FOLLOW = EnumSet.of(FileVisitOption.FOLLOW_LINKS);

  private CopyTree() {}

  static void copy(Path source, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Files.walkFileTree(
        source,
        FOLLOW,
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(target.resolve(source.relativize(dir).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Interrupts.heed();
            Path copy = file.equals(source) ? target : target.resolve(source.relativize(file));
            FileCopy.copy(file, copy);
            makeWritable(copy);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Size in bytes of what would be copied. */
  static long size(Path source) throws IOException {
    long[] total = {0};
    Files.walkFileTree(
        source,
        FOLLOW,
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Interrupts.heed();
            total[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }
        });
    return total[0];
  }

  private static void makeWritable(Path file) throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    permissions.add(PosixFilePermission.OWNER_READ);
    if (permissions.add(PosixFilePermission.OWNER_WRITE)) {
      Files.setPosixFilePermissions(file, permissions);
    }
  }
}
