package io.twinflow.engine.server.runs;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
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
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees to it that the files of an input object lie where the caller may read. */
final class InputLocations {

  private final List<Path> roots;

  /**
   * @param roots folders whose files may be read, whatever links stand on the way
   */
  InputLocations(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * @param before values that were looked at when an earlier run was made
   * @throws InvalidDefinitionException with every file that lies elsewhere
   */
  void check(RecordValue inputs, RecordValue before) throws InvalidDefinitionException {
    ProblemLog problems = new ProblemLog();
    for (Map.Entry<String, Value> input : inputs.fields().entrySet()) {
      if (!input.getValue().equals(before.fields().get(input.getKey()))) {
        check(input.getValue(), input.getKey(), problems);
      }
    }
    problems.throwIfAny();
  }

  private void check(Value value, String input, ProblemLog problems) {
    switch (value) {
      case FileValue file -> {
        place(file, input, problems);
        file.secondaryFiles().forEach(more -> check(more.asValue(), input, problems));
      }
      case DirectoryValue folder -> {
        place(folder, input, problems);
        List<FileOrDirectory> listing = folder.listing();
        if (listing != null) {
          listing.forEach(entry -> check(entry.asValue(), input, problems));
        }
      }
      case ListValue list -> list.items().forEach(item -> check(item, input, problems));
      case RecordValue record ->
          record.fields().values().forEach(field -> check(field, input, problems));
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> {}
    }
  }

  private void place(FileOrDirectory file, String input, ProblemLog problems) {
    for (String place : new @Nullable String[] {file.location(), file.path()}) {
      if (place != null && !mayBeRead(place)) {
        problems.error(
            Position.startOf(input),
            "the input \"%s\" names %s, which is no part of what was sent, and the server reads no other files; send it along, give a URL, or ask the administrator to allow its folder."
                .formatted(input, shown(file, place)));
      }
    }
  }

  private static String shown(FileOrDirectory file, String place) {
    String name = file.basename();
    return name == null ? place : "\"" + name + "\"";
  }

  private boolean mayBeRead(String place) {
    if (!Iri.isFile(place) && !place.startsWith("/")) {
      return true;
    }
    try {
      Path path = Iri.isFile(place) ? Iri.toPath(place) : Path.of(place);
      Path real = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
      for (Path root : roots) {
        if (real.startsWith(Files.exists(root) ? root.toRealPath() : root)) {
          return true;
        }
      }
      return false;
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }
}
