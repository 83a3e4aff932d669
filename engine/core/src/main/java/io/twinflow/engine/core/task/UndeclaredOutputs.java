package io.twinflow.engine.core.task;

import io.twinflow.engine.core.secret.SecretTask;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.value.RecordValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Tells of outputs that a tool reports and does not declare, as they are dropped: CommandLineTool
 * v1.2, "Output binding", gives no place to them. Once for each tool and set of names, as a
 * scattered tool would say it many times.
 */
final class UndeclaredOutputs {

  private static final Logger LOG = System.getLogger(UndeclaredOutputs.class.getName());
  private static final int MOST_TOLD = 1_000;
  private static final int MOST_NAMES = 10;

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  void tell(CommandLineTool tool, TaskSpec task, RecordValue reported) {
    Set<String> undeclared = new LinkedHashSet<>(reported.fields().keySet());
    List<String> declared = tool.outputs().stream().map(OutputParameter::name).toList();
    declared.forEach(undeclared::remove);
    if (undeclared.isEmpty()) {
      return;
    }
    String text =
        "%s: %s holds what the tool does not declare and is dropped: %s; it declares %s"
            .formatted(
                tool.header().position(),
                CollectGlobs.OUTPUT_OBJECT,
                // A tool that knows a secret may put it anywhere, and logs are read by everybody.
                SecretTask.uses(task) ? undeclared.size() + " names" : names(undeclared),
                declared.isEmpty() ? "no outputs" : names(declared));
    if (told.size() < MOST_TOLD && told.add(text)) {
      LOG.log(Level.WARNING, text);
    }
  }

  private static String names(Collection<String> names) {
    String some =
        names.stream()
            .limit(MOST_NAMES)
            .map(name -> "'" + Show.shorten(name.replaceAll("\\p{Cntrl}", "?")) + "'")
            .collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMES;
    return more > 0 ? some + " and " + more + " more" : some;
  }
}
