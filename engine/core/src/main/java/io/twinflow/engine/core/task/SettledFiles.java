package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.event.Event.ArtifactIdentity;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Turns what a tool or its expressions call a File into a file that exists, with its identity. */
final class SettledFiles {

  private final OutputFiles files;
  private final List<ArtifactIdentity> identities = new ArrayList<>();

  SettledFiles(OutputFiles files) {
    this.files = files;
  }

  List<ArtifactIdentity> identities() {
    return identities;
  }

  /** With a location that is known and a path where there is one; literals stay literals. */
  FileOrDirectory settle(FileOrDirectory file, String what) throws FailureException {
    boolean literal = Locations.isLiteral(file);
    boolean whole = literal && isWhole(file);
    String path = file.path();
    Optional<FileOrDirectory> found = Optional.empty();
    if (path != null && (!whole || files.isInside(path))) {
      found = files.find(path, what);
    }
    if (found.isEmpty() && whole) {
      return settleLiteral(file, what);
    }
    if (found.isEmpty() && !literal) {
      found = files.locate(Objects.requireNonNull(file.location()), what);
    }
    if (found.isEmpty() && path == null) {
      return settleLiteral(file, what);
    }
    if (found.isEmpty()) {
      throw Faults.task(
          "output.missing",
          "%s: there is no %s; %s"
              .formatted(what, file.path() == null ? file.location() : file.path(), files.names()));
    }
    FileOrDirectory there = found.get();
    return switch (file) {
      case FileValue f -> {
        if (!(there instanceof FileValue real)) {
          throw notThat(what, f, "a folder, not a File");
        }
        yield f.withLocation(real.location())
            .withPath(real.path())
            .withBasename(f.basename() == null ? real.basename() : f.basename())
            .withIdentity(
                real.location() != null && real.location().equals(f.location())
                    ? f.checksum()
                    : null,
                real.size())
            .withSecondaryFiles(FileWalk.map(f.secondaryFiles(), inner -> settle(inner, what)));
      }
      case DirectoryValue d -> {
        if (!(there instanceof DirectoryValue real)) {
          throw notThat(what, d, "a file, not a Directory");
        }
        yield real.withBasename(d.basename() == null ? real.basename() : d.basename())
            .withListing(d.listing());
      }
    };
  }

  /** A literal that says itself what it holds. */
  private static boolean isWhole(FileOrDirectory file) {
    return switch (file) {
      case FileValue f -> f.contents() != null;
      case DirectoryValue d -> d.listing() != null;
    };
  }

  private FileOrDirectory settleLiteral(FileOrDirectory file, String what) throws FailureException {
    FileOrDirectory named = FileLookup.named(file, what);
    return switch (named) {
      case FileValue f when f.contents() != null ->
          f.withLocation(null)
              .withPath(null)
              .withSecondaryFiles(FileWalk.map(f.secondaryFiles(), inner -> settle(inner, what)));
      case DirectoryValue d when d.listing() != null ->
          d.withLocation(null)
              .withPath(null)
              .withListing(FileWalk.map(FileWalk.listing(d), inner -> settle(inner, what)));
      case FileOrDirectory other ->
          throw Faults.task(
              "output.type",
              "%s: %s needs a path, a location or contents (a Directory: a listing)"
                  .formatted(what, Show.name(other)));
    };
  }

  private static FailureException notThat(String what, FileOrDirectory file, String found) {
    return Faults.task("output.type", "%s: %s is %s".formatted(what, Show.name(file), found));
  }

  /** As it goes into the output object: no paths, no contents, but checksum and size. */
  FileOrDirectory finish(FileOrDirectory file, String what) throws FailureException {
    return switch (file) {
      case FileValue f -> finish(f, what);
      case DirectoryValue d when Locations.isLiteral(d) ->
          d.withPath(null)
              .withListing(FileWalk.map(FileWalk.listing(d), inner -> finish(inner, what)));
      case DirectoryValue d -> {
        files.checkTree(d, what);
        yield d.withPath(null).withListing(null);
      }
    };
  }

  private FileValue finish(FileValue file, String what) throws FailureException {
    FileValue bare =
        file.withPath(null)
            .withSecondaryFiles(FileWalk.map(file.secondaryFiles(), inner -> finish(inner, what)));
    String location = bare.location();
    if (location == null) {
      return bare;
    }
    Artifacts.Identity identity = files.identify(bare);
    identities.add(new ArtifactIdentity(location, identity.sha256(), identity.size()));
    return bare.withContents(null).withIdentity("sha1$" + identity.sha1(), identity.size());
  }
}
