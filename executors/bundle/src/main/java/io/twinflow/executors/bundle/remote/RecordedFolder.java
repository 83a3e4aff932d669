package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.bundle.files.GlobSegment;
import io.twinflow.executors.bundle.remote.RecordedPaths.Real;
import io.twinflow.executors.bundle.remote.RecordedTree.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The outputs of an attempt as its record names them: they lie in the place, and their sizes and
 * digests are known from where they were made.
 */
final class RecordedFolder implements OutputFolder {

  private final ObjectPlace place;
  private final RemoteNames names;
  private final AttemptKey attempt;
  private final Path outdir;
  private final RecordedTree tree;
  private final RecordedPaths paths;
  private final PassedInputs inputs;

  RecordedFolder(
      ObjectPlace place,
      RemoteNames names,
      AttemptKey attempt,
      RecordedTree tree,
      RecordedPaths paths) {
    this.place = place;
    this.names = names;
    this.attempt = attempt;
    this.outdir = paths.outdir();
    this.tree = tree;
    this.paths = paths;
    this.inputs = new PassedInputs(place);
  }

  @Override
  public List<Entry> glob(String pattern) throws IOException, EscapeException {
    SortedMap<String, Entry> found = new TreeMap<>();
    expand(outdir, GlobSegment.of(pattern, outdir), found);
    for (Entry entry : found.values()) {
      whole(entry);
    }
    return List.copyOf(found.values());
  }

  private Entry whole(Entry entry) throws IOException, EscapeException {
    new WholeFolders(place, this, names.out(attempt, "")).complete(entry);
    return entry;
  }

  private void expand(Path tool, List<GlobSegment> segments, SortedMap<String, Entry> found)
      throws IOException, EscapeException {
    if (segments.isEmpty()) {
      found.put(tool.toString(), entry(tool));
      return;
    }
    GlobSegment first = segments.getFirst();
    List<GlobSegment> rest = segments.subList(1, segments.size());
    if (!first.isWild()) {
      Path child = tool.resolve(first.literal());
      if (isThere(child)) {
        expand(child, rest, found);
      }
    } else if (isFolder(tool)) {
      for (String name : children(tool)) {
        if (first.matches(name)) {
          expand(tool.resolve(name), rest, found);
        }
      }
    }
  }

  private boolean isFolder(Path tool) throws IOException, EscapeException {
    return isThere(tool) && entry(tool).directory();
  }

  /** What lies in an input, only the input's source knows. */
  private boolean isThere(Path tool) throws IOException, EscapeException {
    return paths.isThere(tool)
        && switch (paths.real(tool)) {
          case Real.Made made -> true;
          case Real.Input input -> inputs.isThere(input.source());
        };
  }

  private List<String> children(Path tool) throws IOException, EscapeException {
    return switch (paths.real(tool)) {
      case Real.Made made -> tree.names(made.path());
      case Real.Input input -> inputs.names(input.source());
    };
  }

  @Override
  public Optional<Entry> find(String path) throws IOException, EscapeException {
    Path tool = outdir.resolve(path).normalize();
    boolean there = isThere(tool);
    if (!there && !tool.startsWith(outdir)) {
      throw new EscapeException(
          "%s is neither in the working folder %s nor an input of this task"
              .formatted(path, outdir));
    }
    return there ? Optional.of(whole(entry(tool))) : Optional.empty();
  }

  @Override
  public List<Entry> list(Entry directory) throws IOException, EscapeException {
    Path tool = Path.of(directory.path());
    List<Entry> entries = new ArrayList<>();
    for (String name : children(tool)) {
      entries.add(entry(tool.resolve(name)));
    }
    return entries;
  }

  private Entry entry(Path tool) throws IOException, EscapeException {
    String name = String.valueOf(tool.getFileName());
    return switch (paths.real(tool)) {
      case Real.Input input -> inputs.entry(tool, input.source());
      case Real.Made made ->
          switch (made.node()) {
            case Node.Folder folder -> new Entry(tool.toString(), name, true, location(made), 0);
            case Node.File file ->
                new Entry(tool.toString(), name, false, location(made), file.size());
            case Node.Odd odd ->
                throw new IOException(
                    "%s is neither a file nor a folder (a pipe, socket or device?)".formatted(tool),
                    new FileSystemException(tool.toString()));
            case Node.Link link -> throw new IllegalStateException("a link that was followed");
          };
    };
  }

  private String location(Real.Made made) {
    String location = place.location(names.out(attempt, made.path().toString())).toString();
    return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
  }

  @Override
  public byte[] read(Entry file, int limit) throws IOException {
    try (InputStream in = open(file)) {
      return in.readNBytes(limit);
    }
  }

  private InputStream open(Entry file) throws IOException {
    return switch (real(file)) {
      case Real.Input input -> inputs.open(input.source());
      case Real.Made made ->
          place.open(
              new ObjectPlace.Found(
                  names.out(attempt, made.path().toString()), file.size(), Instant.EPOCH),
              0);
    };
  }

  private Real real(Entry file) throws IOException {
    try {
      return paths.real(Path.of(file.path()));
    } catch (EscapeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public Identity identify(Entry file) throws IOException {
    return switch (real(file)) {
      case Real.Input input -> inputs.identify(input.source());
      case Real.Made made when made.node() instanceof Node.File known ->
          new Identity(known.sha1(), known.sha256(), known.size());
      case Real.Made made -> throw new IOException(file.path() + " is no file");
    };
  }

  @Override
  public void keep(List<String> locations) throws IOException {
    new SecretOutputs(place, names, attempt).keep(locations);
  }
}
