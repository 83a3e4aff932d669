package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A run that somebody asks for, whichever interface they used.
 *
 * @param folder what was uploaded lies here; nothing outside it is read but allowed roots and URLs
 * @param workflow a path below the folder, or a URL, with {@code #name} for one process of several
 * @param inputs the name of a file in the folder with the input object, JSON or YAML
 * @param continues the ended run whose finished tasks are adopted
 */
public record Submission(
    String subject,
    Path folder,
    String workflow,
    String inputs,
    RunOptions options,
    Map<String, String> labels,
    Optional<RunId> continues) {
  public Submission {
    labels = Map.copyOf(labels);
  }
}
