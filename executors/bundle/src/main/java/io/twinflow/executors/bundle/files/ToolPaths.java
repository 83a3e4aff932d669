package io.twinflow.executors.bundle.files;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where things that the tool sees lie on this machine.
 *
 * @param mounts the longest tool path first; what is below none of them does not exist here
 */
public record ToolPaths(List<Mount> mounts) {

  /** One file or folder of this machine under the name that the tool knows. */
  public record Mount(Path tool, Path host) {}

  public ToolPaths {
    mounts =
        mounts.stream()
            .sorted(Comparator.comparingInt((Mount m) -> m.tool().getNameCount()).reversed())
            .toList();
  }

  /** Without a container the tool sees the machine as it is. */
  public static ToolPaths same() {
    return new ToolPaths(List.of(new Mount(Path.of("/"), Path.of("/"))));
  }

  public Optional<Path> toHost(Path tool) {
    for (Mount mount : mounts) {
      if (tool.startsWith(mount.tool())) {
        return Optional.of(mount.host().resolve(mount.tool().relativize(tool)).normalize());
      }
    }
    return Optional.empty();
  }

  /** The other way round; what is below none of them the tool has not seen. */
  public Optional<Path> toTool(Path host) {
    for (Mount mount : mounts) {
      if (host.startsWith(mount.host())) {
        return Optional.of(mount.tool().resolve(mount.host().relativize(host)).normalize());
      }
    }
    return Optional.empty();
  }
}
