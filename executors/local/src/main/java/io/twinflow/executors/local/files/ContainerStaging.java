package io.twinflow.executors.local.files;

import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.files.FolderTree;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.files.OpenedLinks;
import io.twinflow.executors.bundle.files.SecretFiles;
import io.twinflow.executors.bundle.files.Sources;
import io.twinflow.executors.bundle.files.ToolPaths;
import io.twinflow.executors.bundle.files.ToolPaths.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts inputs in place for a container: what exists is mounted, the rest is made and mounted. */
public final class ContainerStaging {

  private final Path elsewhere;
  private final SecretFiles secrets;
  private final List<BindMount> mounts = new ArrayList<>();
  private final List<Mount> known = new ArrayList<>();
  private final List<Mount> folders;

  /**
   * @param elsewhere where to keep what goes outside of the attempt's folders
   */
  public ContainerStaging(
      Layout layout, Path out, Path tmp, Path in, Path elsewhere, SecretFiles secrets) {
    this.elsewhere = elsewhere;
    this.secrets = secrets;
    this.folders =
        List.of(
            new Mount(Path.of(layout.outdir()), out),
            new Mount(Path.of(layout.tmpdir()), tmp),
            new Mount(Path.of(layout.inputs()), in));
    for (Mount folder : folders) {
      mounts.add(new BindMount(folder.host(), folder.tool(), false));
      known.add(folder);
    }
  }

  /** The mounts, parents before children. */
  public List<BindMount> stage(List<Staging> entries) throws IOException, AttemptFailure {
    for (Staging entry : OpenedLinks.open(entries)) {
      stage(entry);
    }
    return List.copyOf(mounts);
  }

  /** After the tool has ended: where things were mounted, links show what stood there. */
  public static void leaveLinks(List<BindMount> mounts, ToolPaths folders) throws IOException {
    for (BindMount mount : mounts) {
      Optional<Path> point = folders.toHost(mount.tool());
      if (point.isPresent() && !point.get().equals(mount.host())) {
        FolderTree.delete(point.get());
        Files.createSymbolicLink(point.get(), mount.host());
      }
    }
  }

  public ToolPaths folders() {
    return new ToolPaths(folders);
  }

  public ToolPaths paths() {
    return new ToolPaths(known);
  }

  private void stage(Staging entry) throws IOException, AttemptFailure {
    Path target = Path.of(entry.target()).normalize();
    switch (entry) {
      case Staging.Link link -> mount(Sources.existing(link.source()), target, true);
      case Staging.InPlace thing -> mount(Sources.existing(thing.source()), target, false);
      case Staging.Copy copy ->
          CopyTree.copy(Sources.existing(copy.source()), place(target, false));
      case Staging.WriteText text -> secrets.write(place(target, false), text);
      case Staging.MakeDirectory folder -> Files.createDirectories(place(target, true));
    }
  }

  private void mount(Path source, Path target, boolean readOnly) throws IOException {
    Path real = source.toRealPath();
    Optional<Path> point = new ToolPaths(known).toHost(target);
    if (point.isPresent()) {
      makePoint(point.get(), Files.isDirectory(real));
    }
    mounts.removeIf(m -> m.tool().equals(target));
    known.removeIf(m -> m.tool().equals(target));
    mounts.add(new BindMount(real, target, readOnly));
    known.add(new Mount(target, real));
  }

  /** Made by the caller: the container's engine would make it as root. */
  private static void makePoint(Path point, boolean directory) throws IOException {
    if (directory) {
      Files.createDirectories(point);
      return;
    }
    Files.createDirectories(point.resolveSibling("."));
    if (!Files.exists(point, LinkOption.NOFOLLOW_LINKS)) {
      Files.createFile(point);
    }
  }

  private Path place(Path target, boolean directory) throws IOException {
    mounts.removeIf(
        m -> m.tool().equals(target) && folders.stream().noneMatch(f -> f.tool().equals(target)));
    Optional<Path> inside = new ToolPaths(known).toHost(target);
    if (inside.isPresent()) {
      Files.createDirectories(inside.get().resolveSibling("."));
      return inside.get();
    }
    Path host = elsewhere.resolve(Integer.toString(mounts.size()));
    Files.createDirectories(directory ? host : elsewhere);
    mounts.add(new BindMount(host, target, false));
    known.add(new Mount(target, host));
    return host;
  }
}
