package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.SecondaryFile;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds the files that belong to an output file; optional unless said otherwise. */
final class OutputSecondaryFiles {

  private final OutputFiles files;
  private final SettledFiles settled;
  private final Scope scope;

  OutputSecondaryFiles(OutputFiles files, SettledFiles settled, Scope scope) {
    this.files = files;
    this.settled = settled;
    this.scope = scope;
  }

  FileValue find(FileValue primary, List<SecondaryFile> patterns, String what)
      throws FailureException {
    return SecondaryNames.addAll(
        primary,
        patterns,
        false,
        scope,
        what,
        (file, item, required, pattern) -> add(file, item, required, pattern, what));
  }

  private FileValue add(
      FileValue primary, Value item, boolean required, SecondaryFile pattern, String what)
      throws FailureException {
    FileOrDirectory file = FileWalk.asFile(item);
    Optional<FileOrDirectory> beside = Optional.empty();
    String name;
    if (file != null) {
      name = Show.name(file);
      boolean there = file.path() == null || required || files.find(file.path(), what).isPresent();
      beside = there ? Optional.of(settled.settle(file, what)) : Optional.empty();
    } else if (item instanceof StringValue(String text)) {
      name = "'" + text + "'";
      beside = beside(primary, text, what);
    } else if (item == NullValue.NULL) {
      return primary;
    } else {
      throw SecondaryNames.neither(pattern, item);
    }
    if (beside.isPresent()) {
      return with(primary, beside.get());
    }
    if (required) {
      throw Faults.task(
          "output.secondary",
          "%s: the tool did not make the secondary file %s (pattern '%s') of '%s'; %s"
              .formatted(
                  what, name, pattern.pattern().text().strip(), primary.basename(), files.names()));
    }
    return primary;
  }

  private Optional<FileOrDirectory> beside(FileValue primary, String name, String what)
      throws FailureException {
    String path = primary.path();
    return path == null
        ? Optional.empty()
        : files.find(path.substring(0, path.lastIndexOf('/') + 1) + name, what);
  }

  private static FileValue with(FileValue primary, FileOrDirectory added) {
    List<FileOrDirectory> all = new ArrayList<>(primary.secondaryFiles());
    all.removeIf(old -> Objects.equals(old.basename(), added.basename()));
    all.add(added);
    return primary.withSecondaryFiles(all);
  }
}
