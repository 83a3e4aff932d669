package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.executors.api.Staging;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts files and directories into folders of an attempt, gives them their {@code path}, and lists
 * what a site has to do for it.
 */
final class Placement {

  /** How something is put in place. */
  enum Mode {
    READ_ONLY,
    PRIVATE_COPY,
    IN_PLACE
  }

  private final List<Staging> staging = new ArrayList<>();
  private final Map<String, FileOrDirectory> taken = new HashMap<>();

  List<Staging> staging() {
    return staging;
  }

  /** Puts a file with its secondary files, or a directory with what it holds, into a folder. */
  FileOrDirectory into(String folder, FileOrDirectory file, Mode mode, String what)
      throws FailureException {
    String basename = Objects.requireNonNull(FileLookup.named(file, what).basename());
    return at(folder + "/" + basename, folder, file, mode, what);
  }

  /**
   * @param target the path of the file itself
   * @param folder that of its secondary files
   */
  FileOrDirectory at(String target, String folder, FileOrDirectory file, Mode mode, String what)
      throws FailureException {
    FileOrDirectory named = FileLookup.named(file, what);
    return switch (named) {
      case FileValue f -> place(target, folder, f, mode, what);
      case DirectoryValue d -> place(target, d, mode, what);
    };
  }

  /** Claims a target; false if the same thing is there already. */
  boolean claim(String target, FileOrDirectory file, String what) throws FailureException {
    FileOrDirectory there = taken.putIfAbsent(target, file);
    if (there == null) {
      return true;
    }
    if (same(there, file)) {
      return false;
    }
    throw Faults.user(
        "file.collision",
        "%s: two different things would have the path %s: %s and %s; give one of them another basename"
            .formatted(what, target, Show.name(there), source(file)));
  }

  boolean isTaken(String target, FileOrDirectory file) {
    FileOrDirectory there = taken.get(target);
    return there != null && !same(there, file);
  }

  private FileValue place(String target, String folder, FileValue file, Mode mode, String what)
      throws FailureException {
    if (claim(target, file, what)) {
      if (Locations.isLiteral(file)) {
        if (file.contents() == null) {
          throw Faults.user(
              "input.file",
              "%s: the File %s has neither location nor contents".formatted(what, Show.name(file)));
        }
        staging.add(new Staging.WriteText(file.contents(), target, mode != Mode.READ_ONLY));
      } else {
        staging.add(entry(uri(file), target, false, mode));
      }
    }
    List<FileOrDirectory> secondary =
        FileWalk.map(file.secondaryFiles(), inner -> into(folder, inner, mode, what));
    return file.withPath(target)
        .withBasename(target.substring(target.lastIndexOf('/') + 1))
        .withSecondaryFiles(secondary);
  }

  private DirectoryValue place(String target, DirectoryValue directory, Mode mode, String what)
      throws FailureException {
    String name = target.substring(target.lastIndexOf('/') + 1);
    DirectoryValue placed = directory.withPath(target).withBasename(name);
    if (!Locations.isLiteral(directory)) {
      if (claim(target, directory, what)) {
        staging.add(entry(uri(directory), target, true, mode));
      }
      return directory.listing() == null ? placed : Paths.rebase(placed, target);
    }
    FileOrDirectory there = taken.get(target);
    boolean merged = there instanceof DirectoryValue old && Locations.isLiteral(old);
    if (!merged && claim(target, directory, what)) {
      staging.add(new Staging.MakeDirectory(target, mode != Mode.READ_ONLY));
    }
    List<FileOrDirectory> listing =
        FileWalk.map(FileWalk.listing(directory), child -> into(target, child, mode, what));
    return placed.withListing(listing);
  }

  private static URI uri(FileOrDirectory file) {
    return Locations.uri(Objects.requireNonNull(file.location()));
  }

  private static Staging entry(URI source, String target, boolean directory, Mode mode) {
    return switch (mode) {
      case READ_ONLY -> new Staging.Link(source, target, directory);
      case PRIVATE_COPY -> new Staging.Copy(source, target, directory);
      case IN_PLACE -> new Staging.InPlace(source, target, directory);
    };
  }

  private static boolean same(FileOrDirectory a, FileOrDirectory b) {
    if (a.location() != null || b.location() != null) {
      return Objects.equals(a.location(), b.location());
    }
    return a instanceof FileValue x
        && b instanceof FileValue y
        && Objects.equals(x.contents(), y.contents());
  }

  private static String source(FileOrDirectory file) {
    String location = file.location();
    return location == null ? "a literal" : Locations.show(location);
  }
}
