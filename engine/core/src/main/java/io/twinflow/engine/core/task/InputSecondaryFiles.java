package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.workflowdefs.cwl.SecondaryFile;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Finds the files that belong to an input file. CWL v1.2, "SecondaryFileSchema". */
final class InputSecondaryFiles {

  private final FileLookup lookup;
  private final Scope scope;
  private final boolean searching;

  InputSecondaryFiles(FileLookup lookup, Scope scope, boolean searching) {
    this.lookup = lookup;
    this.scope = scope;
    this.searching = searching;
  }

  FileValue find(FileValue primary, List<SecondaryFile> patterns, String what)
      throws FailureException {
    return SecondaryNames.addAll(
        primary,
        patterns,
        true,
        scope,
        what,
        (file, item, required, pattern) -> add(file, item, required, pattern, what));
  }

  private FileValue add(
      FileValue primary, Value item, boolean required, SecondaryFile pattern, String what)
      throws FailureException {
    FileOrDirectory file = FileWalk.asFile(item);
    if (file != null) {
      return with(primary, FileLookup.named(file, what + ", secondary file").asValue());
    }
    if (item == NullValue.NULL) {
      return primary;
    }
    if (!(item instanceof StringValue(String name))) {
      throw SecondaryNames.neither(pattern, item);
    }
    String basename = name.substring(name.lastIndexOf('/') + 1);
    boolean known =
        primary.secondaryFiles().stream().anyMatch(file2 -> basename.equals(file2.basename()));
    if (known) {
      return primary;
    }
    String location = primary.location();
    if (searching && location != null && !Locations.isLiteral(primary)) {
      var beside = lookup.find(Locations.sibling(location, name), basename, what);
      if (beside.isPresent()) {
        return with(primary, beside.get().asValue());
      }
    }
    if (required) {
      throw Faults.user(
          "input.secondary",
          "%s: the secondary file '%s' (pattern '%s') is not %s %s; %s"
              .formatted(
                  what,
                  name,
                  pattern.pattern().text().strip(),
                  searching ? "beside" : "among those that came with",
                  location == null ? "the literal" : Locations.show(location),
                  searching
                      ? "put it there, or list it in secondaryFiles of the input"
                      : "name the same secondaryFiles where the file enters the workflow"));
    }
    return primary;
  }

  /** What an expression says about a location wins over what was there. */
  private static FileValue with(FileValue primary, Value added) {
    FileOrDirectory file = Objects.requireNonNull(FileWalk.asFile(added));
    List<FileOrDirectory> all = new ArrayList<>(primary.secondaryFiles());
    all.removeIf(old ->
        Objects.equals(old.basename(), file.basename())
            || (old.location() != null && old.location().equals(file.location())));
    all.add(file);
    return primary.withSecondaryFiles(all);
  }
}
