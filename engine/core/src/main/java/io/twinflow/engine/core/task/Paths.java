package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where inputs have gone that the initial working folder holds. */
final class Paths {

  private final Map<String, String> byPath = new HashMap<>();
  private final Map<String, String> byLocation = new HashMap<>();

  /** What was placed: it was here (or nowhere yet), and is there now. */
  void moved(FileOrDirectory before, FileOrDirectory after) {
    String path = after.path();
    if (path == null) {
      return;
    }
    if (before.path() != null) {
      byPath.putIfAbsent(before.path(), path);
    }
    if (before.location() != null) {
      byLocation.putIfAbsent(before.location(), path);
    }
    switch (after) {
      case FileValue file when before instanceof FileValue old ->
          moved(old.secondaryFiles(), file.secondaryFiles());
      case DirectoryValue directory when before instanceof DirectoryValue old ->
          moved(FileWalk.listing(old), FileWalk.listing(directory));
      case FileValue file -> {}
      case DirectoryValue directory -> {}
    }
  }

  private void moved(List<FileOrDirectory> before, List<FileOrDirectory> after) {
    for (int i = 0; i < before.size() && i < after.size(); i++) {
      moved(before.get(i), after.get(i));
    }
  }

  boolean isEmpty() {
    return byPath.isEmpty() && byLocation.isEmpty();
  }

  boolean hasMoved(String path) {
    return byPath.containsKey(path);
  }

  /** The file with the paths it has now, all the way down. */
  FileOrDirectory follow(FileOrDirectory file) throws FailureException {
    String path = newPath(file);
    return switch (file) {
      case FileValue f ->
          (path == null ? f : f.withPath(path).withBasename(name(path)))
              .withSecondaryFiles(FileWalk.map(f.secondaryFiles(), this::follow));
      case DirectoryValue d when path != null ->
          rebase(d.withPath(path).withBasename(name(path)), path);
      case DirectoryValue d when d.listing() != null ->
          d.withListing(FileWalk.map(FileWalk.listing(d), this::follow));
      case DirectoryValue d -> d;
    };
  }

  private @Nullable String newPath(FileOrDirectory file) {
    String path = file.path() == null ? null : byPath.get(file.path());
    return path != null || file.location() == null ? path : byLocation.get(file.location());
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Gives everything in the listing its path below the folder. */
  static DirectoryValue rebase(DirectoryValue directory, String path) {
    if (directory.listing() == null) {
      return directory;
    }
    return directory.withListing(
        FileWalk.listing(directory).stream().map(child -> below(child, path)).toList());
  }

  private static FileOrDirectory below(FileOrDirectory child, String folder) {
    String path = folder + "/" + child.basename();
    return switch (child) {
      case FileValue f -> f.withPath(path);
      case DirectoryValue d -> rebase(d.withPath(path), path);
    };
  }
}
