package io.twinflow.workflowdefs.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CWL {@code Directory}.
 *
 * @param listing null where it was not asked for; never null for a literal
 */
public record DirectoryValue(
    @Nullable String location,
    @Nullable String path,
    @Nullable String basename,
    @Nullable List<FileOrDirectory> listing)
    implements Value, FileOrDirectory {

  public DirectoryValue {
    listing = listing == null ? null : List.copyOf(listing);
  }

  public DirectoryValue withLocation(@Nullable String newLocation) {
    return new DirectoryValue(newLocation, path, basename, listing);
  }

  public DirectoryValue withPath(@Nullable String newPath) {
    return new DirectoryValue(location, newPath, basename, listing);
  }

  public DirectoryValue withBasename(@Nullable String newBasename) {
    return new DirectoryValue(location, path, newBasename, listing);
  }

  public DirectoryValue withListing(@Nullable List<FileOrDirectory> newListing) {
    return new DirectoryValue(location, path, basename, newListing);
  }
}
