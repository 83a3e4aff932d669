package io.twinflow.engine.stores.near;

import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds and removes copies that were not used for long, and what was on its way when it ended. */
final class UnusedCopies {

  private final Path root;
  private final Path files;
  private final LastUse uses;

  UnusedCopies(Path root, LastUse uses) {
    this.root = root;
    this.files = root.resolve("files");
    this.uses = uses;
  }

  List<NearCopies.Unused> find(Instant since) throws IOException {
    List<NearCopies.Unused> found = new ArrayList<>();
    if (Files.isDirectory(files)) {
      try (Stream<Path> all = Files.walk(files)) {
        for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
          add(file, Files.size(file), since, found);
        }
      }
    }
    for (String name : new String[] {"folders", "parts"}) {
      if (Files.isDirectory(root.resolve(name))) {
        try (Stream<Path> all = Files.list(root.resolve(name))) {
          for (Path folder : (Iterable<Path>) all::iterator) {
            add(folder, -1, since, found);
          }
        }
      }
    }
    return found;
  }

  private void add(Path copy, long size, Instant since, List<NearCopies.Unused> found)
      throws IOException {
    if (uses.of(copy).isBefore(since)) {
      found.add(
          new NearCopies.Unused(
              root.relativize(copy).toString(), size < 0 ? FolderTree.size(copy) : size));
    }
  }

  /** Unless it was used meanwhile. */
  void remove(String name, Instant since) throws IOException {
    Path copy = root.resolve(name).normalize();
    if (!copy.startsWith(root) || !Files.exists(copy) || !uses.of(copy).isBefore(since)) {
      return;
    }
    if (Files.isDirectory(copy)) {
      FolderTree.delete(copy);
    } else {
      Files.delete(copy);
      removeEmpty(copy.getParent());
    }
    uses.forget(copy);
  }

  private void removeEmpty(@Nullable Path folder) throws IOException {
    try {
      for (Path each = folder; each != null && !each.equals(files); each = each.getParent()) {
        Files.deleteIfExists(each);
      }
    } catch (DirectoryNotEmptyException e) {
      // Another copy lies there.
    }
  }
}
