package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.workflowdefs.cwl.LoadListing;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of one ended attempt: found by path, glob or location, and never outside of it. */
final class OutputFiles {

  private final OutputFolder folder;
  private final TaskSpec spec;
  private final Artifacts artifacts;
  private final StagedSources staged;
  private final Map<String, OutputFolder.Entry> entries = new HashMap<>();

  OutputFiles(OutputFolder folder, TaskSpec spec, Artifacts artifacts) {
    this.folder = folder;
    this.spec = spec;
    this.artifacts = artifacts;
    this.staged = new StagedSources(spec.staging());
  }

  /** What the patterns match, each thing once, in the order of the patterns. */
  List<FileOrDirectory> glob(Set<String> patterns, String what) throws FailureException {
    Map<String, OutputFolder.Entry> matched = new LinkedHashMap<>();
    for (String pattern : patterns) {
      if (pattern.startsWith("/") && !isInside(pattern)) {
        throw escape("%s: the glob '%s' leads out of %s".formatted(what, pattern, outdir()));
      }
      try {
        for (OutputFolder.Entry entry : folder.glob(pattern)) {
          matched.putIfAbsent(entry.path(), entry);
        }
      } catch (IOException e) {
        throw unreadable(what + ": glob '" + pattern + "'", e);
      } catch (OutputFolder.EscapeException e) {
        throw escaped(what, e);
      }
    }
    return matched.values().stream().map(this::of).toList();
  }

  /** What is at a path as the tool saw it: in the working folder, or staged. */
  Optional<FileOrDirectory> find(String path, String what) throws FailureException {
    String absolute = path.startsWith("/") ? path : outdir() + "/" + path;
    try {
      if (isInside(absolute)) {
        return folder.find(absolute).map(this::of);
      }
      String location = staged.locationOf(absolute);
      if (location == null) {
        throw escape(
            "%s: %s is neither in the working folder %s nor an input"
                .formatted(what, path, outdir()));
      }
      return artifacts.stat(Locations.uri(location)).map(stat -> passed(location, absolute, stat));
    } catch (IOException e) {
      throw unreadable(what + ": " + path, e);
    } catch (OutputFolder.EscapeException e) {
      throw escaped(what, e);
    }
  }

  /** A location that an expression or {@code cwl.output.json} gave. */
  Optional<FileOrDirectory> locate(String location, String what) throws FailureException {
    OutputFolder.Entry seen = entries.get(location);
    if (seen != null) {
      return Optional.of(of(seen));
    }
    if (!location.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      return find(Objects.requireNonNull(Locations.uri(location).getPath()), what);
    }
    var path = Locations.path(location);
    if (path != null && isInside(path.toString())) {
      return find(path.toString(), what);
    }
    if (!staged.isKnown(location)) {
      throw escape(
          "%s: %s is neither in the working folder nor an input of the tool"
              .formatted(what, Locations.show(location)));
    }
    try {
      return artifacts.stat(Locations.uri(location)).map(stat -> passed(location, null, stat));
    } catch (IOException e) {
      throw Faults.io("output.read", what + ": " + Locations.show(location), e);
    }
  }

  FileOrDirectory loaded(FileOrDirectory file, boolean contents, LoadListing listing, String what)
      throws FailureException {
    OutputFolder.Entry entry = file.location() == null ? null : entries.get(file.location());
    if (entry == null) {
      return new FileLoading(artifacts).load(file, contents, listing, what);
    }
    try {
      return switch (file) {
        case FileValue f when contents ->
            f.withContents(
                FileLoading.text(folder.read(entry, FileLoading.LIMIT + 1), what, entry.path()));
        case DirectoryValue d when listing != LoadListing.NONE ->
            d.withListing(list(entry, listing));
        case FileValue f -> f;
        case DirectoryValue d -> d;
      };
    } catch (IOException e) {
      throw unreadable(what + ": " + entry.path(), e);
    } catch (OutputFolder.EscapeException e) {
      throw escaped(what, e);
    }
  }

  private List<FileOrDirectory> list(OutputFolder.Entry directory, LoadListing depth)
      throws IOException, OutputFolder.EscapeException {
    List<FileOrDirectory> listing = new ArrayList<>();
    for (OutputFolder.Entry child : folder.list(directory)) {
      FileOrDirectory file = of(child);
      listing.add(
          file instanceof DirectoryValue d && depth == LoadListing.DEEP
              ? d.withListing(list(child, depth))
              : file);
    }
    return listing;
  }

  /** Nothing below a folder that the tool made may lead out of it. */
  void checkTree(DirectoryValue directory, String what) throws FailureException {
    OutputFolder.Entry entry =
        directory.location() == null ? null : entries.get(directory.location());
    if (entry == null || staged.isKnown(entry.location())) {
      return;
    }
    try {
      checkTree(entry);
    } catch (IOException e) {
      throw unreadable(what, e);
    } catch (OutputFolder.EscapeException e) {
      throw escaped(what, e);
    }
  }

  private void checkTree(OutputFolder.Entry directory)
      throws IOException, OutputFolder.EscapeException {
    for (OutputFolder.Entry child : folder.list(directory)) {
      if (child.directory() && !staged.isKnown(child.location())) {
        checkTree(child);
      }
    }
  }

  /** All the text of a file in the working folder. */
  Optional<String> text(String name) throws FailureException {
    try {
      Optional<OutputFolder.Entry> entry = folder.find(outdir() + "/" + name);
      if (entry.isEmpty() || entry.get().directory()) {
        return Optional.empty();
      }
      int size = (int) Math.min(entry.get().size() + 1, Integer.MAX_VALUE - 8);
      return Optional.of(new String(folder.read(entry.get(), size), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Faults.io("output.read", name, e);
    } catch (OutputFolder.EscapeException e) {
      throw escaped(name, e);
    }
  }

  /** Digests and size of a file that has a location. */
  Artifacts.Identity identify(FileValue file) throws FailureException {
    String location = Objects.requireNonNull(file.location());
    OutputFolder.Entry entry = entries.get(location);
    try {
      if (entry == null) {
        return artifacts.identify(Locations.uri(location));
      }
      OutputFolder.Identity identity = folder.identify(entry);
      return new Artifacts.Identity(identity.sha1(), identity.sha256(), identity.size());
    } catch (IOException e) {
      throw Faults.io("output.read", Locations.show(location), e);
    }
  }

  /** A file with its checksum, for an expression that wants it. */
  FileOrDirectory withChecksum(FileOrDirectory file) throws FailureException {
    if (!(file instanceof FileValue f)) {
      return file;
    }
    Artifacts.Identity identity = identify(f);
    return f.withIdentity("sha1$" + identity.sha1(), identity.size());
  }

  /** Some names in the working folder, for messages. */
  String names() {
    try {
      List<String> names = folder.glob("*").stream().map(OutputFolder.Entry::name).toList();
      if (names.isEmpty()) {
        return "the folder is empty";
      }
      return "the folder has: "
          + String.join(", ", names.subList(0, Math.min(10, names.size())))
          + (names.size() > 10 ? " and " + (names.size() - 10) + " more" : "");
    } catch (IOException | OutputFolder.EscapeException e) {
      return "the folder cannot be listed: " + e.getMessage();
    }
  }

  private FileOrDirectory of(OutputFolder.Entry entry) {
    entries.put(entry.location(), entry);
    return entry.directory()
        ? new DirectoryValue(entry.location(), entry.path(), entry.name(), null)
        : FileValue.at(entry.location(), entry.name())
            .withPath(entry.path())
            .withIdentity(null, entry.size());
  }

  private static FileOrDirectory passed(
      String location, @Nullable String path, Artifacts.Stat stat) {
    String name =
        path == null ? Locations.basename(location) : path.substring(path.lastIndexOf('/') + 1);
    return stat.directory()
        ? new DirectoryValue(location, path, name, null)
        : FileValue.at(location, name).withPath(path).withIdentity(null, stat.size());
  }

  boolean isInside(String path) {
    return !path.startsWith("/") || path.equals(outdir()) || path.startsWith(outdir() + "/");
  }

  private String outdir() {
    return spec.layout().outdir();
  }

  /** What the tool left broken is its failure, not the machine's. */
  private static FailureException unreadable(String what, IOException e) {
    return e.getCause() instanceof FileSystemException
        ? Faults.task("output.broken", what + ": " + e.getMessage())
        : Faults.io("output.read", what, e);
  }

  private static FailureException escaped(String what, OutputFolder.EscapeException e) {
    return Faults.task("output.escape", what + ": " + e.getMessage());
  }

  private static FailureException escape(String message) {
    return Faults.task(
        "output.escape", message + "; outputs must be written to the working folder");
  }
}
