package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The targets of entries of the working folder. None leads out of it, unless the tool requires a
 * container of its own.
 *
 * @param absoluteAllowed whether the container is required and there is one
 */
record EntryNames(String outdir, boolean absoluteAllowed) {

  String target(Value name, Position position) throws FailureException {
    if (!(name instanceof StringValue(String text)) || text.isEmpty() || text.indexOf('\0') >= 0) {
      throw Faults.user(
          "workdir.entryname",
          "%s: entryname must be a path that is not empty, found %s"
              .formatted(position, Show.value(name)));
    }
    boolean absolute = text.startsWith("/");
    String normal = normalise(text, position);
    if (!absolute) {
      return outdir + "/" + normal;
    }
    String path = "/" + normal;
    if (absoluteAllowed || path.startsWith(outdir + "/")) {
      return path;
    }
    throw Faults.user(
        "workdir.entryname",
        "%s: entryname '%s' is absolute, which is only allowed with DockerRequirement under requirements; give a path relative to the working folder"
            .formatted(position, text));
  }

  private static String normalise(String text, Position position) throws FailureException {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          throw leaves(text, position);
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    if (parts.isEmpty()) {
      throw leaves(text, position);
    }
    return String.join("/", parts);
  }

  private static FailureException leaves(String text, Position position) {
    return Faults.user(
        "workdir.entryname",
        "%s: entryname '%s' does not lead into the working folder; give a path below it"
            .formatted(position, text));
  }

  String parent(String target) {
    return target.substring(0, target.lastIndexOf('/'));
  }

  String basename(String target) {
    return target.substring(target.lastIndexOf('/') + 1);
  }

  /** The basename, or one with a number where another file has it already. */
  String free(FileOrDirectory file, String what, Placement placement, List<String> notices)
      throws FailureException {
    String basename = Objects.requireNonNull(FileLookup.named(file, what).basename());
    String free = basename;
    for (int i = 2; placement.isTaken(outdir + "/" + free, file); i++) {
      free = basename + "_" + i;
    }
    if (!free.equals(basename)) {
      notices.add(
          "%s: the working folder already has a '%s'; the other one is called '%s'"
              .formatted(what, basename, free));
    }
    return free;
  }
}
