package io.twinflow.engine.cli.command;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.workflowdefs.cwl.Workflow;

/** What people call the steps of a run. */
final class StepNames {

  /** The only task of a tool or expression that is run alone. */
  private static final String ALONE = "/";

  private StepNames() {}

  /** The address for a step as a person names it: a tool that is run alone has its own name. */
  static String address(Engine engine, RunId run, String step) throws FailureException {
    String bare = step.startsWith("/") ? step.substring(1) : step;
    boolean alone =
        bare.equals(FirstEvent.of(engine, run).workflowName())
            && !(engine.definition(run).process() instanceof Workflow);
    return alone ? ALONE : step;
  }
}
