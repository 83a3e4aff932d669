package io.twinflow.engine.stores.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files below a folder while others add and remove some; what goes meanwhile is left out.
 *
 * @param start at or below the root
 * @param hidden a folder that is not looked into
 */
record FolderWalk(Path root, Path start, Path hidden) {

  /**
   * @param name relative to the root
   */
  record Found(String name, BasicFileAttributes attributes) {}

  Stream<Found> files() throws IOException {
    return below(start);
  }

  @SuppressWarnings("StreamResourceLeak") // closed with what is returned
  private Stream<Found> below(Path folder) throws IOException {
    Stream<Path> children;
    try {
      children = Files.list(folder);
    } catch (NoSuchFileException e) {
      return Stream.empty();
    }
    return children.filter(child -> !child.equals(hidden)).flatMap(this::at);
  }

  private Stream<Found> at(Path path) {
    try {
      Optional<BasicFileAttributes> attributes = attributes(path);
      if (attributes.isEmpty()) {
        return Stream.empty();
      }
      if (attributes.get().isDirectory()) {
        return below(path);
      }
      return attributes.get().isRegularFile()
          ? Stream.of(new Found(root.relativize(path).toString(), attributes.get()))
          : Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
