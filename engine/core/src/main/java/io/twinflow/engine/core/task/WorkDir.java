package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.executors.api.Staging;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.FilesIn;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the working folder before the tool starts. CommandLineTool v1.2,
 * "InitialWorkDirRequirement" and "Dirent".
 */
final class WorkDir {

  private final Scope scope;
  private final EntryNames names;
  private final boolean updateInPlace;
  private final Placement placement = new Placement();
  private final Paths moved = new Paths();
  private final Paths movedInPlace = new Paths();
  private final List<String> notices = new ArrayList<>();

  WorkDir(Scope scope, EntryNames names, boolean updateInPlace) {
    this.scope = scope;
    this.names = names;
    this.updateInPlace = updateInPlace;
  }

  void add(Requirement.InitialWorkDir requirement) throws FailureException {
    for (Requirement.WorkDirEntry entry : requirement.listing()) {
      switch (entry) {
        case Requirement.WorkDirEntry.FromExpression(ExpressionText expression) ->
            result(scope.evaluate(expression), expression.position());
        case Requirement.WorkDirEntry.Literal(Value value, Position position) ->
            result(value, position);
        case Requirement.WorkDirEntry.Dirent dirent -> dirent(dirent);
      }
    }
  }

  /** In order, folders before what they hold. */
  List<Staging> staging() {
    return WorkDirOrder.of(placement.staging());
  }

  Paths moved() {
    return moved;
  }

  Paths movedInPlace() {
    return movedInPlace;
  }

  List<String> notices() {
    return notices;
  }

  private void dirent(Requirement.WorkDirEntry.Dirent dirent) throws FailureException {
    ExpressionText nameText = dirent.entryName();
    Value name = nameText == null ? NullValue.NULL : scope.evaluate(nameText);
    entry(name, scope.evaluateExactly(dirent.entry()), dirent.writable(), dirent.position());
  }

  private void result(Value value, Position position) throws FailureException {
    FileOrDirectory file = FileWalk.asFile(value);
    if (file != null) {
      file(null, file, false, position);
      return;
    }
    switch (value) {
      case NullValue n -> {}
      case ListValue(List<Value> items) -> {
        for (Value item : items) {
          result(item, position);
        }
      }
      case RecordValue dirent when dirent.fields().containsKey("entry") ->
          entry(
              dirent.get("entryname"),
              dirent.get("entry"),
              dirent.get("writable").equals(BooleanValue.TRUE),
              position);
      case Value other ->
          throw Faults.user(
              "workdir.entry",
              "%s: an entry of InitialWorkDirRequirement must be null, a File, a Directory, a Dirent or a list of them, found %s"
                  .formatted(position, Show.value(other)));
    }
  }

  private void entry(Value name, Value content, boolean writable, Position position)
      throws FailureException {
    String target = name == NullValue.NULL ? null : names.target(name, position);
    FileOrDirectory file = FileWalk.asFile(content);
    if (file != null) {
      file(target, file, writable, position);
    } else if (content instanceof ListValue(List<Value> items) && areFiles(items, target)) {
      if (target != null) {
        throw Faults.user(
            "workdir.entryname",
            "%s: entryname '%s' cannot name an array of %d files; leave entryname out, or give a Directory with that listing"
                .formatted(position, target, items.size()));
      }
      for (Value item : items) {
        result(writable ? dirent(item) : item, position);
      }
    } else if (content != NullValue.NULL) {
      text(target, content, writable, position);
    }
  }

  private static RecordValue dirent(Value file) {
    return RecordValue.EMPTY.with("entry", file).with("writable", BooleanValue.TRUE);
  }

  private static boolean areFiles(List<Value> items, @Nullable String target) {
    return items.isEmpty()
        ? target == null
        : items.stream().allMatch(item -> FileWalk.asFile(item) != null);
  }

  private void text(@Nullable String target, Value content, boolean writable, Position position)
      throws FailureException {
    if (target == null) {
      throw Faults.user(
          "workdir.entryname",
          "%s: this entry is text (%s) and needs an entryname"
              .formatted(position, Show.value(content)));
    }
    String text = scope.interpolated(content, position);
    FileValue literal =
        new FileValue(null, null, names.basename(target), null, null, List.of(), null, text);
    placement.at(target, names.parent(target), literal, mode(writable, true), position.toString());
  }

  private void file(
      @Nullable String target, FileOrDirectory given, boolean writable, Position position)
      throws FailureException {
    String what = position.toString();
    FileOrDirectory file = located(given);
    Placement.Mode mode = mode(writable, file.location() == null);
    FileOrDirectory placed;
    if (target != null) {
      placed = placement.at(target, names.parent(target), file, mode, what);
    } else {
      String basename = names.free(file, what, placement, notices);
      placed = placement.at(names.outdir() + "/" + basename, names.outdir(), file, mode, what);
    }
    moved.moved(file, placed);
    if (mode == Placement.Mode.IN_PLACE) {
      movedInPlace.moved(file, placed);
    }
  }

  /** An expression may name an input by its path alone. */
  private FileOrDirectory located(FileOrDirectory file) {
    String path = file.path();
    if (path == null || file.location() != null) {
      return file;
    }
    FileOrDirectory[] found = {file};
    FilesIn.forEach(
        scope.context().inputs(),
        input -> {
          if (path.equals(input.path()) && input.location() != null) {
            found[0] =
                switch (file) {
                  case FileValue f -> f.withLocation(input.location());
                  case DirectoryValue d -> d.withLocation(input.location());
                };
          }
        });
    return found[0];
  }

  private Placement.Mode mode(boolean writable, boolean literal) {
    if (!writable) {
      return Placement.Mode.READ_ONLY;
    }
    return updateInPlace && !literal ? Placement.Mode.IN_PLACE : Placement.Mode.PRIVATE_COPY;
  }
}
