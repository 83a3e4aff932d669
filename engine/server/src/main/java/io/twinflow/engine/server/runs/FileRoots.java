package io.twinflow.engine.server.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folders whose files somebody may read; links are followed before that is decided. */
public record FileRoots(List<Path> folders) {

  public FileRoots {
    folders = List.copyOf(folders);
  }

  public FileRoots and(Path folder) {
    List<Path> more = new ArrayList<>(folders);
    more.add(folder);
    return new FileRoots(more);
  }

  /** Whether the file is in one of the folders, or would be if it existed. */
  public boolean hold(Path file) {
    Path real = real(file);
    return real != null && folders.stream().anyMatch(folder -> isIn(folder, real));
  }

  private static boolean isIn(Path folder, Path file) {
    Path root = real(folder);
    return root != null && file.startsWith(root);
  }

  /** Null if it cannot be told, as for a link in a circle. */
  static @Nullable Path real(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    try {
      if (Files.exists(whole)) {
        return file.toRealPath();
      }
      Path parent = whole.getParent();
      Path above = parent == null ? null : real(parent);
      return above == null || Files.isSymbolicLink(whole)
          ? null
          : above.resolve(whole.getFileName());
    } catch (IOException e) {
      return null;
    }
  }
}
