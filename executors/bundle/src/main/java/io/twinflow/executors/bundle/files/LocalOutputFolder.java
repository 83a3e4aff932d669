package io.twinflow.executors.bundle.files;

import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.files.FileDigests;
import io.twinflow.executors.api.files.FolderLoops;
import io.twinflow.executors.api.files.Interrupts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The outputs of an attempt that ran on this machine. */
public final class LocalOutputFolder implements OutputFolder {

  private final Path outdir;
  private final ToolPaths paths;
  private final Sight sight;
  private final SecretFiles secrets;

  private LocalOutputFolder(Path outdir, ToolPaths paths, Sight sight, SecretFiles secrets) {
    this.secrets = secrets;
    this.outdir = outdir;
    this.paths = paths;
    this.sight = sight;
  }

  /**
   * @param folders of the attempt that outputs may lie in
   */
  public static LocalOutputFolder of(
      TaskSpec task, ToolPaths paths, List<Path> folders, SecretFiles secrets) {
    List<Path> staged = new ArrayList<>();
    for (Staging entry : task.staging()) {
      switch (entry) {
        case Staging.Link link -> staged.add(Path.of(link.source()));
        case Staging.InPlace thing -> staged.add(Path.of(thing.source()));
        case Staging.Copy copy -> {}
        case Staging.WriteText text -> {}
        case Staging.MakeDirectory made -> {}
      }
    }
    Path outdir = Path.of(task.layout().outdir()).normalize();
    return new LocalOutputFolder(outdir, paths, new Sight(folders, staged), secrets);
  }

  @Override
  public List<Entry> glob(String pattern) throws IOException, EscapeException {
    SortedMap<String, Entry> found = new TreeMap<>();
    expand(outdir, GlobSegment.of(pattern, outdir), found);
    return List.copyOf(found.values());
  }

  private void expand(Path tool, List<GlobSegment> segments, SortedMap<String, Entry> found)
      throws IOException, EscapeException {
    if (segments.isEmpty()) {
      found.put(tool.toString(), entry(tool));
      return;
    }
    GlobSegment first = segments.get(0);
    List<GlobSegment> rest = segments.subList(1, segments.size());
    Path host = host(tool);
    if (!first.isWild()) {
      if (Files.exists(host.resolve(first.literal()), LinkOption.NOFOLLOW_LINKS)) {
        expand(tool.resolve(first.literal()), rest, found);
      }
      return;
    }
    if (!Files.isDirectory(host)) {
      return;
    }
    sight.source(host, tool);
    try (DirectoryStream<Path> children =
        Files.newDirectoryStream(host, c -> first.matches(c.getFileName().toString()))) {
      for (Path child : children) {
        expand(tool.resolve(child.getFileName()), rest, found);
      }
    }
  }

  @Override
  public Optional<Entry> find(String path) throws IOException, EscapeException {
    Path tool = outdir.resolve(path).normalize();
    Optional<Path> host = paths.toHost(tool);
    boolean there = host.isPresent() && Files.exists(host.get(), LinkOption.NOFOLLOW_LINKS);
    if (!there && !tool.startsWith(outdir)) {
      throw new EscapeException(
          "%s is neither in the working folder %s nor an input of this task"
              .formatted(path, outdir));
    }
    return there ? Optional.of(entry(tool)) : Optional.empty();
  }

  @Override
  public List<Entry> list(Entry directory) throws IOException, EscapeException {
    Path tool = Path.of(directory.path());
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(host(tool))) {
      for (Path child : children) {
        entries.add(entry(tool.resolve(child.getFileName())));
      }
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  @Override
  public byte[] read(Entry file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(host(Path.of(file.path())))) {
      return in.readNBytes(limit);
    }
  }

  @Override
  public Identity identify(Entry file) throws IOException {
    return FileDigests.of(host(Path.of(file.path())));
  }

  @Override
  public void keep(List<String> locations) throws IOException {
    secrets.keep(locations);
  }

  private Path host(Path tool) throws IOException {
    return paths
        .toHost(tool)
        .orElseThrow(() -> new NoSuchFileException(tool + " is not in the working folder"));
  }

  private Entry entry(Path tool) throws IOException, EscapeException {
    Interrupts.heed();
    if (!Path.of(tool.toString()).equals(tool)) {
      // Java keeps the bytes of such a name only as long as it is no text, and events are text.
      throw new IOException(
          "%s has a name that is no text in UTF-8; give it another".formatted(tool),
          new FileSystemException(tool.toString()));
    }
    Path host = host(tool);
    Path source;
    BasicFileAttributes attributes;
    try {
      source = sight.source(host, tool);
      attributes = Files.readAttributes(host, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new IOException("%s is a link that points to nothing".formatted(tool), e);
    }
    if (!attributes.isDirectory() && !attributes.isRegularFile()) {
      throw new IOException(
          "%s is neither a file nor a folder (a pipe, socket or device?)".formatted(tool),
          new FileSystemException(tool.toString()));
    }
    if (attributes.isDirectory() && FolderLoops.isLoop(host)) {
      throw new IOException(
          "%s is a link to a folder that holds it".formatted(tool),
          new FileSystemLoopException(tool.toString()));
    }
    boolean directory = attributes.isDirectory();
    return new Entry(
        tool.toString(),
        String.valueOf(tool.getFileName()),
        directory,
        location(source),
        directory ? 0 : attributes.size());
  }

  /** A folder's location has no slash at its end, so that names can be appended to it. */
  private static String location(Path path) {
    String uri = path.toUri().toString();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }
}
