package io.twinflow.engine.server.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Takes a backup that was made as a folder, and compares every byte with its digest. */
final class CopyBackup extends SimpleFileVisitor<Path> {

  private final Path from;
  private final Path to;
  private final Sums sums = new Sums();

  private CopyBackup(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  static void into(Path folder, Path backup) throws IOException {
    if (!Files.isRegularFile(backup.resolve(Manifest.NAME))) {
      throw new IOException(
          "%s is no backup of Twinflow: it has no %s".formatted(backup, Manifest.NAME));
    }
    if (!Files.isRegularFile(backup.resolve(Sums.NAME))) {
      throw new IOException("%s is damaged: it has no %s".formatted(backup, Sums.NAME));
    }
    CopyBackup copy = new CopyBackup(backup, folder);
    Files.walkFileTree(backup, copy);
    copy.sums.mustBe(Files.readString(backup.resolve(Sums.NAME)));
  }

  @Override
  public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes)
      throws IOException {
    Files.createDirectories(to.resolve(from.relativize(source)));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    CleanStop.check();
    Path name = from.relativize(file);
    if (name.toString().equals(Sums.NAME)) {
      return FileVisitResult.CONTINUE;
    }
    Path copy = to.resolve(name);
    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isRegularFile()) {
      sums.add(name.toString(), FolderArchive.sha256(copy));
    }
    return FileVisitResult.CONTINUE;
  }
}
