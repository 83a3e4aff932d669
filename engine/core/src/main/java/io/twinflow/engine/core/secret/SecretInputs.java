package io.twinflow.engine.core.secret;

import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.plan.PlannedStep;
import io.twinflow.engine.core.plan.PlannedWorkflow;
import io.twinflow.engine.core.plan.ResolvedLink;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which inputs of a process are secret: those that it names itself, and those that it hands on by a
 * link to an input which a step or its process calls secret. cwltool's Secrets.
 */
public final class SecretInputs {

  private SecretInputs() {}

  public static Set<String> of(PlannedProcess process) {
    Set<String> names = new LinkedHashSet<>(named(process.definition().header().requirements()));
    if (process instanceof PlannedWorkflow workflow) {
      for (PlannedStep step : workflow.steps()) {
        addLinked(step, names);
      }
    }
    return names;
  }

  private static void addLinked(PlannedStep step, Set<String> names) {
    Set<String> secret = new HashSet<>(of(step.process()));
    secret.addAll(named(step.definition().requirements()));
    if (secret.isEmpty()) {
      return;
    }
    for (int i = 0; i < step.links().size(); i++) {
      if (secret.contains(step.definition().in().get(i).name())) {
        for (ResolvedLink.Source source : step.links().get(i).sources()) {
          if (source.step() == ResolvedLink.Source.WORKFLOW_INPUT) {
            names.add(source.name());
          }
        }
      }
    }
  }

  private static List<String> named(Requirements requirements) {
    return requirements
        .find(Requirement.Secrets.class)
        .map(Requirement.Secrets::inputs)
        .orElse(List.of());
  }
}
