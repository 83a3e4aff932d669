package io.twinflow.executors.bundle.files;

import io.twinflow.executors.api.OutputFolder.EscapeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Decides what an attempt may show as its own: what really lies in its folders, and what was staged
 * into it, under the name of its source.
 *
 * @param folders of the attempt, as they were made
 * @param staged sources, which may be links or gone
 */
record Sight(List<Path> folders, List<Path> staged) {

  Sight {
    folders = List.copyOf(folders);
    staged = List.copyOf(staged);
  }

  /** The path under which others reach a file. */
  Path source(Path host, Path tool) throws IOException, EscapeException {
    if (isPlain(host)) {
      return host;
    }
    Path real = host.toRealPath();
    for (Path folder : folders) {
      // Not the folder's own real path: a tool may have put a link in its place.
      if (real.startsWith(folder.resolveSibling("").toRealPath().resolve(folder.getFileName()))) {
        return real;
      }
    }
    for (Path source : staged) {
      if (Files.exists(source)) {
        Path target = source.toRealPath();
        if (real.startsWith(target)) {
          return source.resolve(target.relativize(real)).normalize();
        }
      }
    }
    throw new EscapeException(
        "%s leads to %s, which is neither in the working folder nor an input of this task: write outputs into the working folder"
            .formatted(tool, real));
  }

  /**
   * Whether a path goes through no link from one of the folders on, the folder itself included,
   * which a tool may have replaced. Most outputs are, and then nobody has to look at each folder
   * from the root on.
   */
  private boolean isPlain(Path host) {
    for (Path folder : folders) {
      if (host.startsWith(folder) && host.normalize().equals(host)) {
        return isPlain(host, folder);
      }
    }
    return false;
  }

  private static boolean isPlain(Path host, Path folder) {
    for (Path p = host; p != null && p.startsWith(folder); p = p.getParent()) {
      boolean plain =
          p.equals(host)
              ? Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)
                  || Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)
              : Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS);
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
