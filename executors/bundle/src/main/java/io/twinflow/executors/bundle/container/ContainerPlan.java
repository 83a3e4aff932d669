package io.twinflow.executors.bundle.container;

import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.files.ToolPaths;
import io.twinflow.executors.bundle.files.ToolPaths.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an attempt's inputs go when its tool runs in a container: what lies on the shared folder is
 * mounted, all else is staged into folders of the attempt that are mounted.
 */
public final class ContainerPlan {

  /** What the container sees, and where that is on the node. */
  record Bind(Path source, Path target, boolean readOnly, @Nullable Path point) {}

  private final BundleFolder folder;
  private final List<Bind> binds = new ArrayList<>();
  private final List<Mount> known = new ArrayList<>();
  private final List<Mount> folders;
  private final List<Staging> staging = new ArrayList<>();

  private ContainerPlan(Layout layout, BundleFolder folder) {
    this.folder = folder;
    this.folders =
        List.of(
            new Mount(Path.of(layout.outdir()).normalize(), folder.out()),
            new Mount(Path.of(layout.tmpdir()).normalize(), folder.tmp()),
            new Mount(Path.of(layout.inputs()).normalize(), folder.in()));
    known.addAll(folders);
  }

  /**
   * @param entries with the folders opened that later entries put something into
   */
  public static ContainerPlan of(Layout layout, List<Staging> entries, BundleFolder folder) {
    ContainerPlan plan = new ContainerPlan(layout, folder);
    entries.forEach(plan::add);
    return plan;
  }

  /** What is staged on the node, with targets as the node knows them. */
  public List<Staging> staging() {
    return List.copyOf(staging);
  }

  /** Where what the tool sees lies on the node. */
  public ToolPaths paths() {
    return new ToolPaths(known);
  }

  /** Whether it is made for the attempt. */
  boolean isOwn(Path source) {
    return source.startsWith(folder.path());
  }

  /** All that is mounted, parents before children. */
  List<Bind> binds() {
    List<Bind> all = new ArrayList<>();
    folders.forEach(f -> all.add(new Bind(f.host(), f.tool(), false, null)));
    all.addAll(binds);
    return all;
  }

  private void add(Staging entry) {
    Path target = Path.of(entry.target()).normalize();
    switch (entry) {
      case Staging.Link link when isHere(link.source().getScheme()) ->
          bind(Path.of(link.source()), target, true);
      case Staging.InPlace thing when isHere(thing.source().getScheme()) ->
          bind(Path.of(thing.source()), target, false);
      case Staging.Link link ->
          staging.add(new Staging.Link(link.source(), place(target), link.directory()));
      case Staging.InPlace thing ->
          staging.add(new Staging.InPlace(thing.source(), place(target), thing.directory()));
      case Staging.Copy copy ->
          staging.add(new Staging.Copy(copy.source(), place(target), copy.directory()));
      case Staging.WriteText text ->
          staging.add(
              new Staging.WriteText(text.text(), place(target), text.writable(), text.secret()));
      case Staging.MakeDirectory made ->
          staging.add(new Staging.MakeDirectory(place(target), made.writable()));
    }
  }

  private static boolean isHere(@Nullable String scheme) {
    return "file".equals(scheme);
  }

  private void bind(Path source, Path target, boolean readOnly) {
    Optional<Path> point = paths().toHost(target);
    forget(target);
    binds.add(new Bind(source, target, readOnly, point.orElse(null)));
    known.add(new Mount(target, source));
  }

  private void forget(Path target) {
    binds.removeIf(b -> b.target().equals(target));
    known.removeIf(m -> m.tool().equals(target) && !folders.contains(m));
  }

  /** On the node; what the attempt's folders do not hold gets a folder of its own, and a mount. */
  private String place(Path target) {
    binds.stream()
        .filter(b -> b.target().equals(target))
        .findFirst()
        .ifPresent(b -> forget(target));
    Optional<Path> inside = paths().toHost(target);
    if (inside.isPresent()) {
      return inside.get().toString();
    }
    Path host = folder.mounts().resolve(Integer.toString(binds.size()));
    binds.add(new Bind(host, target, false, null));
    known.add(new Mount(target, host));
    return host.toString();
  }

  /** Longest first: what a path of the container is on the node. */
  List<Mount> mapped() {
    return paths().mounts();
  }

  /** Of mounts that stand in a folder of the attempt; the deepest last. */
  List<Bind> points() {
    return binds.stream().filter(b -> b.point() != null).toList();
  }
}
