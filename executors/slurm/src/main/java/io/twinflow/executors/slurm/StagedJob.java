package io.twinflow.executors.slurm;

import static io.twinflow.executors.bundle.ShellWords.quote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A job that fetches what its attempt needs and sends what it made. Its script is the same for all
 * and can be read by many at a site; the tokens are in its environment, which only its user and the
 * administrators see: Slurm gives all tasks of an array the same, and each takes its own from it.
 *
 * @param root below which jobs make the folders of their attempts
 */
record StagedJob(RemoteTasks tasks, Path root) {

  /** What is on every node. */
  static final String START = "/tmp";

  /** Before the script can tell anybody: what it says if it can do nothing at all. */
  static final String ERRORS = START + "/twinflow-%s.log";

  /** A variable of an environment may have 128 KiB (MAX_ARG_STRLEN of Linux). */
  private static final int IN_VARIABLE = 500;

  private static final int VARIABLES = 2;

  static final int MOST = IN_VARIABLE * VARIABLES;

  private static final String VARIABLE = "TWINFLOW_ATTEMPTS_";

  /** Of the 30 s that Slurm gives a job which it ends (KillWait), the half: the rest is to send. */
  private static final int GRACE_SECONDS = 15;

  String script(ResourceRequest asked) {
    return """
    #!/bin/sh
    attempt=${SLURM_ARRAY_TASK_ID:-0}
    TWINFLOW_SITE_ID=%s
    eval "set -- \\$%s$((attempt / %d))"
    shift $((attempt %% %d * 3))
    TWINFLOW_FOLDER=%s/$1 TWINFLOW_TICKET=%s$2 TWINFLOW_TOKEN=$3 TWINFLOW_GRACE=%d
    set --
    unset %s
    trap '[ $? -ne 0 ] || rm -f "%s"' EXIT
    %s%s\
    """
        .formatted(
            JobWords.SITE_ID,
            VARIABLE,
            IN_VARIABLE,
            IN_VARIABLE,
            quote(root.toString()),
            quote(tasks.tickets()),
            GRACE_SECONDS,
            IntStream.range(0, VARIABLES)
                .mapToObj(i -> VARIABLE + i)
                .collect(Collectors.joining(" ")),
            ERRORS.formatted("$TWINFLOW_SITE_ID"),
            JobWords.asksForMore(asked) ? surroundings() : "",
            RemoteTasks.script());
  }

  private static String surroundings() {
    return "(umask 077; mkdir -p \"$TWINFLOW_FOLDER\" || mkdir -p \"$TWINFLOW_FOLDER\"; "
        + JobWords.surroundings("$TWINFLOW_FOLDER").strip()
        + ")\n";
  }

  /** For each attempt its folder below the root, its key, and its token. */
  Map<String, String> environment(List<AttemptKey> attempts) {
    Map<String, StringBuilder> variables = new LinkedHashMap<>();
    for (int i = 0; i < attempts.size(); i++) {
      AttemptKey attempt = attempts.get(i);
      variables
          .computeIfAbsent(VARIABLE + i / IN_VARIABLE, name -> new StringBuilder())
          .append(root.relativize(tasks.folder(attempt).path()))
          .append(' ')
          .append(attempt.value())
          .append(' ')
          .append(tasks.token(attempt))
          .append(' ');
    }
    Map<String, String> all = new LinkedHashMap<>();
    variables.forEach((name, words) -> all.put(name, words.toString().strip()));
    return all;
  }
}
