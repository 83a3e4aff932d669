package io.twinflow.engine.core.run;

import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.event.Event.ArtifactIdentity;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether outputs made earlier still lie where they were, unchanged. Files that were not touched
 * since are taken as they are, small ones are compared all the same; a folder is right only as long
 * as nothing in it was touched. Safe for many threads.
 */
public final class StillThere {

  /** Bytes up to which the content is read although nothing hints at a change. */
  private static final long CHEAP = 1024 * 1024;

  private final Artifacts artifacts;

  public StillThere(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * @param outputs every file and folder of which must be there
   * @param identities of the files among them, as far as they were recorded
   * @param since when they were known to be right
   */
  public boolean are(RecordValue outputs, List<ArtifactIdentity> identities, FileTime since) {
    try {
      Set<String> compared = new HashSet<>();
      for (ArtifactIdentity identity : identities) {
        if (!is(identity, since)) {
          return false;
        }
        compared.add(identity.location());
      }
      return isRight(outputs, since, compared);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isRight(Value value, FileTime since, Set<String> compared) throws IOException {
    return switch (value) {
      case FileValue file ->
          isRight(file, since, compared)
              && allRight(
                  file.secondaryFiles().stream().map(FileOrDirectory::asValue).toList(),
                  since,
                  compared);
      case DirectoryValue directory -> isRight(directory, since, compared);
      case ListValue list -> allRight(list.items(), since, compared);
      case RecordValue record -> allRight(record.fields().values(), since, compared);
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> true;
    };
  }

  private boolean allRight(Collection<? extends Value> values, FileTime since, Set<String> compared)
      throws IOException {
    for (Value value : values) {
      if (!isRight(value, since, compared)) {
        return false;
      }
    }
    return true;
  }

  private boolean isRight(FileValue file, FileTime since, Set<String> compared) throws IOException {
    String location = file.location();
    if (location == null || compared.contains(location)) {
      return true;
    }
    Path path = Locations.path(location);
    if (path == null) {
      return true;
    }
    Optional<Artifacts.Stat> stat = artifacts.stat(URI.create(location));
    if (stat.isEmpty()
        || stat.get().directory()
        || (file.size() != null && stat.get().size() != file.size())) {
      return false;
    }
    String checksum = file.checksum();
    return !isTouched(path, since)
        || (checksum != null
            && checksum.equals("sha1$" + artifacts.identify(URI.create(location)).sha1()));
  }

  private boolean isRight(DirectoryValue directory, FileTime since, Set<String> compared)
      throws IOException {
    String location = directory.location();
    if (location == null) {
      List<FileOrDirectory> listing = directory.listing();
      return listing == null
          || allRight(listing.stream().map(FileOrDirectory::asValue).toList(), since, compared);
    }
    Path path = Locations.path(location);
    if (path == null) {
      return true;
    }
    return Files.isDirectory(path) && !isTouched(path, since);
  }

  private boolean is(ArtifactIdentity output, FileTime since) throws IOException {
    URI location = URI.create(output.location());
    Optional<Artifacts.Stat> stat = artifacts.stat(location);
    if (stat.isEmpty() || stat.get().directory() || stat.get().size() != output.size()) {
      return false;
    }
    Path path = Locations.path(output.location());
    boolean touched = path == null || isTouched(path, since);
    return (!touched && output.size() > CHEAP)
        || artifacts.identify(location).sha256().equals(output.sha256());
  }

  private static boolean isTouched(Path path, FileTime since) throws IOException {
    return LastTouched.below(path).compareTo(since) > 0;
  }
}
