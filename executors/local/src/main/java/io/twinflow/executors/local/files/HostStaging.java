package io.twinflow.executors.local.files;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.files.OpenedLinks;
import io.twinflow.executors.bundle.files.SecretFiles;
import io.twinflow.executors.bundle.files.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Puts inputs in place with links, so that the tool sees real paths of this machine. */
public final class HostStaging {

  private final List<Path> roots;
  private final SecretFiles secrets;

  /**
   * @param roots the attempt's folders; nothing is put outside of them
   */
  public HostStaging(List<Path> roots, SecretFiles secrets) {
    this.roots = List.copyOf(roots);
    this.secrets = secrets;
  }

  public void stage(List<Staging> entries) throws IOException, AttemptFailure {
    for (Staging entry : OpenedLinks.open(entries)) {
      stage(entry);
    }
  }

  private void stage(Staging entry) throws IOException, AttemptFailure {
    Path target = target(entry.target());
    switch (entry) {
      case Staging.Link link -> link(Sources.existing(link.source()), target);
      case Staging.InPlace thing -> link(Sources.existing(thing.source()), target);
      case Staging.Copy copy -> CopyTree.copy(Sources.existing(copy.source()), fresh(target));
      case Staging.WriteText text -> secrets.write(fresh(target), text);
      case Staging.MakeDirectory folder -> Files.createDirectories(target);
    }
  }

  private static void link(Path source, Path target) throws IOException {
    Files.createSymbolicLink(fresh(target), source);
  }

  /** A later entry replaces an earlier one of the same name. */
  private static Path fresh(Path target) throws IOException {
    Path folder = target.resolveSibling("");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    } else if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(target);
    }
    return target;
  }

  private Path target(String text) throws IOException, AttemptFailure {
    Path target = Path.of(text).normalize();
    if (roots.stream().noneMatch(target::startsWith) || roots.contains(target)) {
      throw new AttemptFailure(
          FailureKind.USER,
          "cannot put an input at %s: without a container, inputs go below %s only"
              .formatted(text, roots));
    }
    refuseWayThroughLink(target);
    return target;
  }

  private void refuseWayThroughLink(Path target) throws AttemptFailure {
    for (Path p = target.getParent(); p != null && !roots.contains(p); p = p.getParent()) {
      if (Files.isSymbolicLink(p)) {
        throw new AttemptFailure(
            FailureKind.USER,
            "cannot put an input at %s: %s is another input, and it is read-only"
                .formatted(target, p));
      }
    }
  }
}
