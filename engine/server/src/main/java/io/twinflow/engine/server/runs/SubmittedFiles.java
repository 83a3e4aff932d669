package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FilesIn;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Refuses input files of this machine that whoever submits may not read. Files in the defaults of
 * the document are among the inputs by then.
 */
record SubmittedFiles(Predicate<Path> allowed, Predicate<URI> stored) {

  void check(RecordValue inputs) throws FailureException {
    for (Map.Entry<String, Value> input : inputs.fields().entrySet()) {
      for (FileOrDirectory file : FilesIn.list(input.getValue())) {
        checkPlace(input.getKey(), file);
      }
    }
  }

  private void checkPlace(String input, FileOrDirectory file) throws FailureException {
    String location = file.location() == null ? file.path() : file.location();
    if (location == null || location.startsWith("_:")) {
      return;
    }
    if (location.startsWith("s3:") && !stored.test(Locations.uri(location))) {
      throw new FailureException(
          new Failure(
              FailureKind.USER,
              "input.forbidden",
              "input '%s': %s belongs to the runs of somebody else; name outputs of your own runs, or what the administrator lets people read (twinflow serve --s3)"
                  .formatted(input, location)));
    }
    Path path = location.startsWith("/") ? Path.of(location) : Locations.path(location);
    if (path != null && !allowed.test(path)) {
      throw new FailureException(
          new Failure(
              FailureKind.USER,
              "input.forbidden",
              "input '%s': %s is not part of the upload, and the server reads no other files; upload it with the workflow, or ask the administrator to allow its folder (twinflow serve --allow-root)"
                  .formatted(input, path.getFileName())));
    }
  }
}
