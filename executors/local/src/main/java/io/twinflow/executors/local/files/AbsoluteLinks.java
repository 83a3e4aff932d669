package io.twinflow.executors.local.files;

import io.twinflow.executors.bundle.files.ToolPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Links that a tool made inside a container name paths of the container: makes them true here. */
public final class AbsoluteLinks {

  private AbsoluteLinks() {}

  public static void translate(Path folder, ToolPaths paths) throws IOException {
    List<Path> links;
    try (Stream<Path> tree = Files.walk(folder)) {
      links = tree.filter(Files::isSymbolicLink).toList();
    }
    for (Path link : links) {
      Path to = Files.readSymbolicLink(link);
      Optional<Path> host = to.isAbsolute() ? paths.toHost(to.normalize()) : Optional.empty();
      if (host.isPresent()) {
        Files.delete(link);
        Files.createSymbolicLink(link, host.get());
      }
    }
  }
}
