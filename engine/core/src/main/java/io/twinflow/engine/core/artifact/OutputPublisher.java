package io.twinflow.engine.core.artifact;

import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Copies the outputs of a run to where a person wants them and says what they are there: location,
 * basename, checksum, size, secondary files and listings, as a CWL runner prints them. The kernel
 * copies, sharing blocks where the file system can. For one thread.
 *
 * <p>A file whose name another one has already goes into a folder of its own, {@code 2}, {@code 3}
 * …, together with its secondary files, so that all keep their names.
 */
public final class OutputPublisher {

  private final Artifacts artifacts;
  private final RemoteInputs remote;
  private final Path outdir;
  private final UnaryOperator<String> texts;
  private final TreeCopy copy = new TreeCopy();

  /** What stands at each path already: a location, or a literal. */
  private final Map<Path, Object> taken = new HashMap<>();

  /**
   * @param outdir is made if it is not there; files in it that have the name of an output are
   *     overwritten
   */
  public OutputPublisher(Artifacts artifacts, Path outdir) {
    this(artifacts, RemoteInputs.NONE, outdir, UnaryOperator.identity());
  }

  /**
   * @param remote fetches what sites have put into the engine's own store
   * @param texts makes of the contents of a literal file what is written
   */
  public OutputPublisher(
      Artifacts artifacts, RemoteInputs remote, Path outdir, UnaryOperator<String> texts) {
    this.artifacts = artifacts;
    this.remote = remote;
    this.texts = texts;
    this.outdir = outdir.toAbsolutePath().normalize();
  }

  /** The outputs with their new locations. */
  public RecordValue publish(RecordValue outputs) throws IOException {
    Files.createDirectories(outdir);
    return (RecordValue) publish((Value) outputs);
  }

  private Value publish(Value value) throws IOException {
    return switch (value) {
      case FileValue file -> into(folderFor(file), file).asValue();
      case DirectoryValue directory -> into(folderFor(directory), directory).asValue();
      case ListValue(List<Value> items) -> {
        List<Value> published = new ArrayList<>(items.size());
        for (Value item : items) {
          published.add(publish(item));
        }
        yield new ListValue(published);
      }
      case RecordValue(Map<String, Value> fields) -> {
        Map<String, Value> published = new LinkedHashMap<>();
        for (Map.Entry<String, Value> field : fields.entrySet()) {
          published.put(field.getKey(), publish(field.getValue()));
        }
        yield new RecordValue(published);
      }
      case NullValue n -> n;
      case BooleanValue b -> b;
      case IntegerValue i -> i;
      case DecimalValue d -> d;
      case StringValue s -> s;
    };
  }

  /** The first folder in which the file and its secondary files have their names to themselves. */
  private Path folderFor(FileOrDirectory file) throws IOException {
    Path folder = outdir;
    for (int i = 2; !fits(folder, file); i++) {
      folder = outdir.resolve(Integer.toString(i));
      Object other = taken.putIfAbsent(folder, OutputPublisher.class);
      if (other != null && other != OutputPublisher.class) {
        taken.put(folder, other);
      }
    }
    return folder;
  }

  private boolean fits(Path folder, FileOrDirectory file) throws IOException {
    Object parent = taken.get(folder);
    if (parent != null && parent != OutputPublisher.class) {
      return false;
    }
    Object there = taken.get(folder.resolve(name(file)));
    if (there != null && !there.equals(source(file))) {
      return false;
    }
    if (file instanceof FileValue f) {
      for (FileOrDirectory secondary : f.secondaryFiles()) {
        if (!fits(folder, secondary)) {
          return false;
        }
      }
    }
    return true;
  }

  private FileOrDirectory into(Path folder, FileOrDirectory file) throws IOException {
    Path target = folder.resolve(name(file));
    boolean first = taken.putIfAbsent(target, source(file)) == null;
    return switch (file) {
      case FileValue f -> {
        if (first) {
          place(f, target);
        }
        List<FileOrDirectory> secondary = new ArrayList<>();
        for (FileOrDirectory inner : f.secondaryFiles()) {
          secondary.add(into(folder, inner));
        }
        yield described(f, target).withSecondaryFiles(secondary);
      }
      case DirectoryValue d -> {
        String location = d.location();
        if (location == null || Locations.isLiteral(d)) {
          Files.createDirectories(target);
          List<FileOrDirectory> children = d.listing();
          for (FileOrDirectory child : children == null ? List.<FileOrDirectory>of() : children) {
            FileOrDirectory placed = into(target, child);
            assert placed.location() != null;
          }
        } else if (first) {
          copy.directory(local(location, true), target);
        }
        yield new DirectoryValue(Locations.of(target), null, name(d), listing(target));
      }
    };
  }

  private void place(FileValue file, Path target) throws IOException {
    String location = file.location();
    if (location != null && !Locations.isLiteral(file)) {
      copy.file(local(location, false), target);
      return;
    }
    String contents = file.contents() == null ? "" : texts.apply(file.contents());
    Files.createDirectories(target.getParent());
    Files.deleteIfExists(target);
    Files.write(target, contents.getBytes(StandardCharsets.UTF_8));
  }

  private FileValue described(FileValue file, Path target) throws IOException {
    String location = Locations.of(target);
    FileValue at =
        file.withLocation(location).withPath(null).withBasename(name(file)).withContents(null);
    if (file.checksum() != null && file.size() != null && !Locations.isLiteral(file)) {
      return at;
    }
    Artifacts.Identity identity = artifacts.identify(Locations.uri(location));
    return at.withIdentity("sha1$" + identity.sha1(), identity.size());
  }

  private List<FileOrDirectory> listing(Path folder) throws IOException {
    List<FileOrDirectory> listing = new ArrayList<>();
    for (Artifacts.Stat child : artifacts.list(Locations.uri(Locations.of(folder)))) {
      Path path = folder.resolve(child.name());
      listing.add(
          child.directory()
              ? new DirectoryValue(Locations.of(path), null, child.name(), listing(path))
              : described(FileValue.at(Locations.of(path), child.name()), path));
    }
    return listing;
  }

  private static Object source(FileOrDirectory file) {
    return file.location() == null || Locations.isLiteral(file) ? file : file.location();
  }

  private static String name(FileOrDirectory file) throws IOException {
    String name = file.basename();
    if (name == null && file.location() != null) {
      name = Locations.basename(file.location());
    }
    if (name == null
        || name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0) {
      throw new IOException(
          "an output has the name '%s', which cannot be the name of a file".formatted(name));
    }
    return name;
  }

  private Path local(String location, boolean folder) throws IOException {
    URI uri = Locations.uri(location);
    String near =
        remote.isOwn(uri)
            ? (folder ? remote.fetchFolder(uri) : remote.fetch(uri)).toString()
            : location;
    Path path = Locations.path(near);
    if (path == null) {
      throw new IOException("the output %s is not on this machine".formatted(location));
    }
    return path;
  }
}
