package io.twinflow.engine.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** What is not complete yet: beside its final place, and readable by its owner only. */
final class OwnPart {

  private OwnPart() {}

  static Path file(Path target) throws IOException {
    return Files.createTempFile(parent(target), prefix(target), ".part", rights("rw-------"));
  }

  static Path folder(Path target) throws IOException {
    return Files.createTempDirectory(parent(target), prefix(target), rights("rwx------"));
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  private static FileAttribute<?> rights(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  private static Path parent(Path target) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("%s is there already: give another name".formatted(target));
    }
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new IOException("there is no folder %s".formatted(parent));
    }
    return parent;
  }
}
