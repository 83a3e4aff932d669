package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/**
 * Copies what lies in the engine's own store to this machine, for a site that cannot fetch it from
 * there. Other sites get the locations, and the engine never has the bytes.
 */
record BringNear(RemoteInputs remote) {

  /**
   * @param reaches the schemes of what the site fetches itself
   */
  RecordValue of(RecordValue inputs, Set<String> reaches) throws FailureException {
    return FileWalk.map(inputs, file -> near(file, reaches));
  }

  private FileOrDirectory near(FileOrDirectory file, Set<String> reaches) throws FailureException {
    return switch (file) {
      case FileValue f -> {
        FileValue whole =
            f.withSecondaryFiles(FileWalk.map(f.secondaryFiles(), inner -> near(inner, reaches)));
        yield isFar(f, reaches) ? whole.withLocation(fetched(f, false)) : whole;
      }
      case DirectoryValue d when isFar(d, reaches) -> moved(d, fetched(d, true));
      case DirectoryValue d when d.listing() != null ->
          d.withListing(FileWalk.map(FileWalk.listing(d), inner -> near(inner, reaches)));
      case DirectoryValue d -> d;
    };
  }

  private boolean isFar(FileOrDirectory file, Set<String> reaches) {
    String location = file.location();
    if (location == null || Locations.isLiteral(file) || !Locations.isRemote(location)) {
      return false;
    }
    URI uri = Locations.uri(location);
    return remote.isOwn(uri) && !reaches.contains(String.valueOf(uri.getScheme()));
  }

  /** A folder comes as a whole, and what is listed of it with it. */
  private static DirectoryValue moved(DirectoryValue folder, String location)
      throws FailureException {
    DirectoryValue moved = folder.withLocation(location);
    if (folder.listing() == null) {
      return moved;
    }
    return moved.withListing(
        FileWalk.map(
            FileWalk.listing(folder),
            inner -> {
              String there = Locations.child(location, name(inner));
              return switch (inner) {
                case FileValue f -> f.withLocation(there);
                case DirectoryValue d -> moved(d, there);
              };
            }));
  }

  private static String name(FileOrDirectory file) {
    String location = file.location();
    String name = file.basename();
    return name != null || location == null ? String.valueOf(name) : Locations.basename(location);
  }

  private String fetched(FileOrDirectory file, boolean folder) throws FailureException {
    URI location = Locations.uri(String.valueOf(file.location()));
    try {
      return (folder ? remote.fetchFolder(location) : remote.fetch(location)).toString();
    } catch (IOException e) {
      throw Faults.io("input.unreadable", Locations.show(location.toString()), e);
    }
  }
}
