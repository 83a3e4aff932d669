package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds out what stands at the locations of inputs, and fills in what CWL derives from it. */
final class FileLookup {

  private final Artifacts artifacts;
  private final RemoteInputs remote;

  FileLookup(Artifacts artifacts, RemoteInputs remote) {
    this.artifacts = artifacts;
    this.remote = remote;
  }

  /** With basenames, all the way down. */
  static FileOrDirectory named(FileOrDirectory file, String what) throws FailureException {
    String name = file.basename() != null ? file.basename() : derivedName(file);
    FileWalk.safeName(name, what);
    return switch (file) {
      case FileValue f ->
          f.withBasename(name)
              .withSecondaryFiles(FileWalk.map(f.secondaryFiles(), inner -> named(inner, what)));
      case DirectoryValue d when d.listing() != null ->
          d.withBasename(name)
              .withListing(FileWalk.map(FileWalk.listing(d), inner -> named(inner, what)));
      case DirectoryValue d -> d.withBasename(name);
    };
  }

  private static String derivedName(FileOrDirectory file) {
    String location = file.location();
    if (location != null && !Locations.isLiteral(file)) {
      return Locations.basename(location);
    }
    if (file instanceof FileValue f && f.contents() != null) {
      byte[] text = f.contents().getBytes(StandardCharsets.UTF_8);
      return "literal-" + UUID.nameUUIDFromBytes(text);
    }
    byte[] names = file.toString().getBytes(StandardCharsets.UTF_8);
    return "directory-" + UUID.nameUUIDFromBytes(names);
  }

  /** What stands at a location, if anything does. */
  Optional<FileOrDirectory> find(String location, String basename, String what)
      throws FailureException {
    try {
      Artifacts.Stat stat = stat(location, false);
      if (stat == null) {
        return Optional.empty();
      }
      return Optional.of(
          stat.directory()
              ? new DirectoryValue(local(location), null, basename, null)
              : FileValue.at(local(location), basename).withIdentity(null, stat.size()));
    } catch (IOException e) {
      throw unreadable(what, location, e);
    }
  }

  /**
   * Checks that everything is there, all the way down; sizes are filled in, remote things near
   * unless the engine's own store has them.
   */
  FileOrDirectory present(FileOrDirectory file, String what) throws FailureException {
    return switch (file) {
      case FileValue f -> present(f, what);
      case DirectoryValue d -> present(d, what);
    };
  }

  private FileValue present(FileValue file, String what) throws FailureException {
    List<FileOrDirectory> secondary =
        FileWalk.map(file.secondaryFiles(), inner -> present(inner, what));
    FileValue complete =
        secondary.equals(file.secondaryFiles()) ? file : file.withSecondaryFiles(secondary);
    String location = file.location();
    if (location == null || Locations.isLiteral(file)) {
      String contents = file.contents();
      if (contents == null) {
        throw Faults.user(
            "input.file",
            "%s: a File needs a location, or contents if it is a literal; %s has neither"
                .formatted(what, Show.name(file)));
      }
      long size = contents.getBytes(StandardCharsets.UTF_8).length;
      return complete.withLocation(null).withIdentity(file.checksum(), size);
    }
    Artifacts.Stat stat = required(location, false, what);
    if (stat.directory()) {
      throw Faults.user(
          "input.file",
          "%s is a File, but %s is a folder; give a file, or change the type to Directory"
              .formatted(what, Locations.show(location)));
    }
    return complete.withLocation(local(location)).withIdentity(file.checksum(), stat.size());
  }

  private DirectoryValue present(DirectoryValue directory, String what) throws FailureException {
    String location = directory.location();
    if (location == null || Locations.isLiteral(directory)) {
      if (directory.listing() == null) {
        throw Faults.user(
            "input.directory",
            "%s: a Directory needs a location, or a listing if it is a literal; %s has neither"
                .formatted(what, Show.name(directory)));
      }
      return directory
          .withLocation(null)
          .withListing(FileWalk.map(FileWalk.listing(directory), inner -> present(inner, what)));
    }
    Artifacts.Stat stat = required(location, true, what);
    if (!stat.directory()) {
      throw Faults.user(
          "input.directory",
          "%s is a Directory, but %s is a file; give a folder, or change the type to File"
              .formatted(what, Locations.show(location)));
    }
    if (!Locations.isRemote(location)) {
      return directory;
    }
    // What is listed of it lies where it lay; a copy of the folder has all of it.
    return directory.withLocation(stat.location().toString()).withListing(null);
  }

  private Artifacts.Stat required(String location, boolean folder, String what)
      throws FailureException {
    try {
      Artifacts.Stat stat = stat(location, folder);
      if (stat != null) {
        return stat;
      }
    } catch (IOException e) {
      throw unreadable(what, location, e);
    }
    throw Faults.user(
        "input.missing",
        "%s: there is no %s; put the file there or give another path"
            .formatted(what, Locations.show(location)));
  }

  private Artifacts.@Nullable Stat stat(String location, boolean folder) throws IOException {
    try {
      return artifacts.stat(near(location, folder)).orElse(null);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private String local(String location) throws FailureException {
    try {
      return Locations.isRemote(location) ? near(location, false).toString() : location;
    } catch (IOException e) {
      throw unreadable("input", location, e);
    }
  }

  private URI near(String location, boolean folder) throws IOException {
    URI uri = Locations.uri(location);
    if (!Locations.isRemote(location) || remote.isOwn(uri)) {
      return uri;
    }
    return folder ? remote.fetchFolder(uri) : remote.fetch(uri);
  }

  private static FailureException unreadable(String what, String location, IOException e) {
    return Faults.user(
        "input.unreadable",
        "%s: %s cannot be read: %s"
            .formatted(
                what,
                Locations.show(location),
                e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
  }
}
