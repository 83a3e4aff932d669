package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.OutputFolder.EscapeException;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.files.ToolPaths;
import io.twinflow.executors.bundle.remote.RecordedTree.Node;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Follows links as they were at the site: to what the tool made, or to what was staged, which
 * stands for its source. A link to anything else is refused.
 */
final class RecordedPaths {

  private static final int MOST_LINKS = 40;

  /** Where a path leads. */
  sealed interface Real {
    /**
     * @param path relative to the working folder, without links
     */
    record Made(Path path, Node node) implements Real {}

    record Input(URI source) implements Real {}
  }

  private final Path outdir;
  private final ToolPaths toolPaths;
  private final RecordedTree tree;
  private final Map<Path, URI> staged = new LinkedHashMap<>();

  /**
   * @param folder of the attempt, as the site saw it
   */
  RecordedPaths(TaskSpec task, BundleFolder folder, RecordedTree tree, Fetches fetches) {
    this.outdir = Path.of(task.layout().outdir()).normalize();
    this.toolPaths = folder.pathsInContainer(task.layout());
    this.tree = tree;
    for (Staging entry : task.staging()) {
      if (entry instanceof Staging.Link link) {
        staged.put(Path.of(link.target()).normalize(), link.source());
      }
    }
    for (Fetches.Root root : fetches.roots()) {
      staged.put(folder.path().resolve(root.path()).normalize(), root.source());
    }
  }

  Path outdir() {
    return outdir;
  }

  boolean isThere(Path tool) throws IOException, EscapeException {
    if (!tool.startsWith(outdir)) {
      return input(tool).isPresent();
    }
    Path parent = outdir;
    Path rest = outdir.relativize(tool);
    if (rest.toString().isEmpty()) {
      return true;
    }
    if (rest.getNameCount() > 1) {
      Path above = tool.resolveSibling("");
      if (!isThere(above)) {
        return false;
      }
      switch (real(above)) {
        case Real.Input input -> {
          return true;
        }
        case Real.Made made -> parent = outdir.resolve(made.path());
      }
    }
    return tree.of(outdir.relativize(parent.resolve(tool.getFileName()))).isPresent();
  }

  /**
   * @throws NoSuchFileException if it is a link to nothing
   */
  Real real(Path tool) throws IOException, EscapeException {
    Path at = tool.normalize();
    for (int links = 0; links < MOST_LINKS; links++) {
      if (!at.startsWith(outdir)) {
        Path outside = at;
        return new Real.Input(
            input(at)
                .orElseThrow(() ->
                    new EscapeException(
                        "%s leads to %s, which is neither in the working folder nor an input of this task: write outputs into the working folder"
                            .formatted(tool, outside))));
      }
      Path rest = outdir.relativize(at);
      Optional<Path> next = firstLink(rest);
      if (next.isEmpty()) {
        Node node =
            tree.of(rest)
                .orElseThrow(() ->
                    new IOException(
                        "%s is a link that points to nothing".formatted(tool),
                        new NoSuchFileException(tool.toString())));
        return new Real.Made(rest, node);
      }
      at = next.get();
    }
    throw new IOException(
        "%s is a link to a folder that holds it".formatted(tool),
        new FileSystemLoopException(tool.toString()));
  }

  /** The path after the first link in it was followed; empty if there is none. */
  private Optional<Path> firstLink(Path rest) {
    for (int count = 1; count <= rest.getNameCount(); count++) {
      Path start = rest.subpath(0, count);
      if (tree.of(start).orElse(null) instanceof Node.Link(String target)) {
        Path to = outdir.resolve(start).resolveSibling(target);
        Path end =
            count == rest.getNameCount()
                ? to
                : to.resolve(rest.subpath(count, rest.getNameCount()));
        // Links out of a container were made to lead to what its folders are at the site.
        Path real = end.normalize();
        return Optional.of(toolPaths.toTool(real).orElse(real));
      }
    }
    return Optional.empty();
  }

  /** What was staged last into a folder that was staged too is what lies there. */
  private Optional<URI> input(Path path) {
    return staged.entrySet().stream()
        .filter(entry -> path.startsWith(entry.getKey()))
        .max(Comparator.comparingInt(entry -> entry.getKey().getNameCount()))
        .map(entry -> PassedInputs.below(entry.getValue(), entry.getKey().relativize(path)));
  }
}
