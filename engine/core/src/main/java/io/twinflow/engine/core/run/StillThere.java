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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether outputs made earlier still lie where they were, unchanged. */
public final class StillThere {

  /** Bytes up to which the content is read although nothing hints at a change. */
  private static final long CHEAP = 1024 * 1024;

  private final Artifacts artifacts;

  public StillThere(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * @param since when they were known to be right; a file that was changed later is read again
   */
  public boolean are(List<ArtifactIdentity> outputs, FileTime since) {
    try {
      for (ArtifactIdentity output : outputs) {
        if (!is(output, since)) {
          return false;
        }
      }
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether every file and folder of a value is there, with its size. */
  public boolean areFilesOf(Value value) {
    try {
      return isThere(value);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isThere(Value value) throws IOException {
    switch (value) {
      case FileValue file -> {
        if (file.location() != null && !isThere(file.location(), file.size())) {
          return false;
        }
        return allThere(file.secondaryFiles().stream().map(FileOrDirectory::asValue).toList());
      }
      case DirectoryValue directory -> {
        return directory.location() == null || isThere(directory.location(), null);
      }
      case ListValue list -> {
        return allThere(list.items());
      }
      case RecordValue record -> {
        return allThere(List.copyOf(record.fields().values()));
      }
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> {
        return true;
      }
    }
  }

  private boolean allThere(List<Value> values) throws IOException {
    for (Value value : values) {
      if (!isThere(value)) {
        return false;
      }
    }
    return true;
  }

  private boolean isThere(String location, @Nullable Long size) throws IOException {
    if (!location.startsWith("file:")) {
      return true;
    }
    Optional<Artifacts.Stat> stat = artifacts.stat(URI.create(location));
    return stat.isPresent() && (size == null || stat.get().size() == size);
  }

  private boolean is(ArtifactIdentity output, FileTime since) throws IOException {
    URI location = URI.create(output.location());
    Optional<Artifacts.Stat> stat = artifacts.stat(location);
    if (stat.isEmpty()) {
      return false;
    }
    if (stat.get().directory()) {
      return true;
    }
    if (stat.get().size() != output.size()) {
      return false;
    }
    Path path = Locations.path(output.location());
    boolean touched = path == null || Files.getLastModifiedTime(path).compareTo(since) > 0;
    return (!touched && output.size() > CHEAP)
        || artifacts.identify(location).sha256().equals(output.sha256());
  }
}
