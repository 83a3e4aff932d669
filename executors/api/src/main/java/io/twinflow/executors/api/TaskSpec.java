package io.twinflow.executors.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, ready to run: everything a site needs to know, nothing it has to ask for.
 *
 * @param name for people; the task's address in the run
 * @param command program and arguments; never passed through a shell by the executor; may hold
 *     secrets, as may the environment and what is staged: none of them is shown, logged or stored
 * @param displayCommand the same with secrets masked; the only form that may be shown or stored
 * @param environment the whole environment of the tool, apart from what a container image sets
 * @param stdin an absolute path as the tool sees it
 * @param stdout a path relative to the layout's outdir; null sends it to the attempt's log
 * @param stderr likewise
 * @param staging in order
 * @param container null runs the command on the site itself
 * @param timeLimit wall time of the tool; null for none
 * @param collect globs of the outputs that will be asked for; what a remote site has to bring back
 */
public record TaskSpec(
    AttemptKey attempt,
    String name,
    List<String> command,
    List<String> displayCommand,
    Map<String, String> environment,
    @Nullable String stdin,
    @Nullable String stdout,
    @Nullable String stderr,
    Layout layout,
    List<Staging> staging,
    ResourceRequest resources,
    @Nullable ContainerSpec container,
    @Nullable Duration timeLimit,
    boolean networkAccess,
    List<String> collect) {
  public TaskSpec {
    command = List.copyOf(command);
    displayCommand = List.copyOf(displayCommand);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    staging = List.copyOf(staging);
    collect = List.copyOf(collect);
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "TaskSpec[%s %s %s]".formatted(attempt, name, displayCommand);
  }
}
