package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.RunId;
import io.twinflow.workflowdefs.source.NearestName;
import java.util.List;
import java.util.stream.Stream;

/** Finds the run a person means: {@code latest}, the beginning of an id, or its last letters. */
final class RunIds {

  static final String LATEST = "latest";

  private RunIds() {}

  static RunId find(Engine engine, String wanted) throws CliException {
    List<RunId> runs = engine.runs();
    if (runs.isEmpty()) {
      throw CliException.failure(
          wanted + ": there are no runs here yet; start one with: twinflow run WORKFLOW");
    }
    if (wanted.equals(LATEST)) {
      return runs.getFirst();
    }
    List<RunId> found =
        runs.stream()
            .filter(id -> id.value().startsWith(wanted) || id.value().endsWith("-" + wanted))
            .toList();
    if (found.isEmpty()) {
      List<String> names =
          Stream.concat(Stream.of(LATEST), runs.stream().map(RunId::value)).toList();
      throw CliException.failure(
          wanted
              + ": there is no such run."
              + NearestName.hint(wanted, names)
              + " See: twinflow runs");
    }
    if (found.size() > 1) {
      throw CliException.failure(
          wanted
              + ": "
              + found.size()
              + " runs begin like this, "
              + found.getFirst()
              + " and "
              + found.getLast()
              + " among them; give more of the id.");
    }
    return found.getFirst();
  }
}
