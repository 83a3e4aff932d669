package io.twinflow.engine.cli.command;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.view.TaskList;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.source.NearestName;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What people call the steps of a run. */
final class StepNames {

  /** The only task of a tool or expression that is run alone. */
  private static final String ALONE = "/";

  private static final Pattern SHARD = Pattern.compile("[\\[#].*");

  private StepNames() {}

  /** The address for a step as a person names it: a tool that is run alone has its own name. */
  static String address(Engine engine, RunId run, String step) throws FailureException {
    String bare = step.startsWith("/") ? step.substring(1) : step;
    boolean alone =
        bare.equals(FirstEvent.of(engine, run).workflowName())
            && !(engine.definition(run).process() instanceof Workflow);
    return alone ? ALONE : step;
  }

  /** A sentence with the step of a run whose name is nearest to one that it has not; or empty. */
  static String hint(Engine engine, RunId run, String step) throws FailureException {
    Set<String> names = new HashSet<>();
    engine.read(
        run,
        new TaskList(address -> {
          for (String part : address.substring(1).split("/", -1)) {
            names.add(SHARD.matcher(part).replaceFirst(""));
          }
          return false;
        }));
    return NearestName.hint(step.startsWith("/") ? step.substring(1) : step, names);
  }
}
