package io.twinflow.executors.bundle.container;

import static io.twinflow.executors.bundle.ShellWords.quote;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.container.ContainerTemplate.Variables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tool's variables on their way into a container. Values never stand on a command line, which
 * everybody on the node can read.
 *
 * @param file lines for the file of variables; null if there is none
 * @param exports lines of shell that put values into the environment of the engine's program
 * @param options words of the engine's command line
 * @param ofGpus the like of exports for what only the site knows; only with GPUs
 */
record ToolVariables(
    @Nullable String file, List<String> exports, List<String> options, List<String> ofGpus) {

  /** What a site tells its jobs of the GPUs that are theirs. */
  private static final List<String> GPUS =
      List.of("CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "ZE_AFFINITY_MASK");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** The engine's program takes these for itself. */
  private static final Set<String> CLIENTS =
      Set.of("HOME", "PATH", "TMPDIR", "LANG", "LANGUAGE", "USER", "LOGNAME");

  static ToolVariables of(ContainerTemplate template, TaskSpec task, BundleFolder folder)
      throws AttemptFailure {
    Map<String, String> all = new LinkedHashMap<>(task.environment());
    all.put("TWINFLOW_ATTEMPT", task.attempt().value());
    boolean gpus = task.resources().gpus() > 0;
    return switch (template.variables()) {
      case Variables.File file -> byFile(file, all, folder, gpus);
      case Variables.Names names -> byName(names.words(), "", all, gpus);
      case Variables.Prefix prefix -> byName(List.of(), prefix.prefix(), all, gpus);
    };
  }

  private static void addGpus(List<String> words, List<String> options, boolean gpus) {
    if (gpus) {
      for (String name : GPUS) {
        words.forEach(word -> options.add(word.replace("{name}", name)));
      }
    }
  }

  private static List<String> prefixed(String prefix) {
    return GPUS.stream()
        .map(name -> "[ -z \"${%1$s:-}\" ] || export %2$s%1$s=\"$%1$s\"".formatted(name, prefix))
        .toList();
  }

  private static ToolVariables byFile(
      Variables.File how, Map<String, String> all, BundleFolder folder, boolean gpus)
      throws AttemptFailure {
    StringBuilder lines = new StringBuilder();
    List<String> exports = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (String word : how.words()) {
      options.add(word.replace("{file}", folder.variables().toString()));
    }
    addGpus(how.byName(), options, gpus);
    for (Map.Entry<String, String> variable : all.entrySet()) {
      if (!variable.getValue().contains("\n")) {
        lines.append(variable.getKey()).append('=').append(variable.getValue()).append('\n');
      } else {
        addByName(how.byName(), "", variable, exports, options);
      }
    }
    return new ToolVariables(lines.toString(), exports, options, List.of());
  }

  private static ToolVariables byName(
      List<String> words, String prefix, Map<String, String> all, boolean gpus)
      throws AttemptFailure {
    List<String> exports = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (Map.Entry<String, String> variable : all.entrySet()) {
      addByName(words, prefix, variable, exports, options);
    }
    addGpus(words, options, gpus);
    return new ToolVariables(
        null, exports, options, prefix.isEmpty() ? List.of() : prefixed(prefix));
  }

  private static void addByName(
      List<String> words,
      String prefix,
      Map.Entry<String, String> variable,
      List<String> exports,
      List<String> options)
      throws AttemptFailure {
    String name = variable.getKey();
    if (!NAME.matcher(name).matches() || (!words.isEmpty() && CLIENTS.contains(name))) {
      throw new AttemptFailure(
          FailureKind.USER,
          "the variable %s cannot be given to a container at this site: its engine takes variables from its own environment, where that name %s; give the tool another name or a file"
              .formatted(name, CLIENTS.contains(name) ? "is its own" : "cannot stand"));
    }
    exports.add("export " + prefix + name + "=" + quote(variable.getValue()));
    words.forEach(word -> options.add(word.replace("{name}", name)));
  }
}
