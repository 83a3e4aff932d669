package io.twinflow.engine.core.artifact;

import io.twinflow.executors.api.files.FileCopy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;

/**
 * Copies files and folders to people: what a link points to is copied in its place, and the owner
 * may write to the copy. Where links may lead was checked when the outputs were collected. The
 * bytes pass neither the heap nor this process: see {@link FileCopy}.
 */
final class TreeCopy {

  void file(Path source, Path target) throws IOException {
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (Files.exists(target) && Files.isSameFile(source, target)) {
      return;
    }
    if (!Files.exists(source)) {
      throw new NoSuchFileException(
          source.toString(), null, "the output is gone; was the run's folder changed?");
    }
    Path whole = target.resolveSibling(target.getFileName() + ".part");
    FileCopy.copy(source.toRealPath(), whole);
    writable(whole);
    Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING);
  }

  void directory(Path source, Path target) throws IOException {
    directory(source, target, new HashSet<>());
  }

  private void directory(Path source, Path target, Set<Path> above) throws IOException {
    Path real = source.toRealPath();
    if (!above.add(real)) {
      throw new FileSystemLoopException(
          source + " is a link to a folder that it is in; remove it in the tool");
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(target)) {
      Files.delete(target);
    }
    Files.createDirectories(target);
    if (!real.equals(target.toRealPath())) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(real)) {
        for (Path child : children) {
          Path copy = target.resolve(child.getFileName().toString());
          if (Files.isDirectory(child)) {
            directory(child, copy, above);
          } else if (Files.isRegularFile(child)) {
            file(child, copy);
          } else if (Files.isSymbolicLink(child)) {
            Files.deleteIfExists(copy);
            Files.createSymbolicLink(copy, Files.readSymbolicLink(child));
          }
        }
      }
    }
    above.remove(real);
  }

  private static void writable(Path path) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = new HashSet<>(view.readAttributes().permissions());
    boolean changed = permissions.add(PosixFilePermission.OWNER_WRITE);
    changed |= permissions.add(PosixFilePermission.OWNER_READ);
    if (changed) {
      view.setPermissions(permissions);
    }
  }
}
