package io.twinflow.executors.api.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Links to folders through which a walk would come back to where it was, again and again. */
public final class FolderLoops {

  private FolderLoops() {}

  /**
   * Whether what is at a path is a link to a folder that holds the link: the one that it really
   * lies in, or one of those that the path has come through.
   */
  public static boolean isLoop(Path link) throws IOException {
    if (!Files.isSymbolicLink(link) || !Files.isDirectory(link)) {
      return false;
    }
    Path target = link.toRealPath();
    Path folder = link.toAbsolutePath().getParent();
    if (folder == null || folder.toRealPath().startsWith(target)) {
      return true;
    }
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      if (above.toRealPath().equals(target)) {
        return true;
      }
    }
    return false;
  }
}
