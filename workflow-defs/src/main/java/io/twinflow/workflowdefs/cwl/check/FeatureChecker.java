package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.cwl.MissingRequirement;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.cwl.StepInput;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.source.Position;
import java.util.Collection;

/**
 * Features that a workflow may use only if it requires them, or if a workflow that runs it does.
 * CWL v1.2, Workflow, section 5.
 */
final class FeatureChecker {

  private final Requirements workflow;
  private final Collection<MissingRequirement> missing;

  FeatureChecker(Requirements workflow, Collection<MissingRequirement> missing) {
    this.workflow = workflow;
    this.missing = missing;
  }

  void check(WorkflowStep step) {
    Requirements here = workflow.inheritedBy(step.requirements());
    if (step.run() instanceof Workflow) {
      require(
          here,
          Requirement.SubworkflowFeature.class,
          "the step \"" + step.name() + "\" runs a workflow",
          step.position());
    }
    if (!step.scatter().isEmpty()) {
      require(
          here,
          Requirement.ScatterFeature.class,
          "the step \"" + step.name() + "\" scatters",
          step.position());
    }
    for (StepInput input : step.in()) {
      if (input.valueFrom() != null) {
        require(
            here,
            Requirement.StepInputExpression.class,
            "the input \"" + input.name() + "\" has a valueFrom",
            input.valueFrom().position());
      }
      multiple(here, input.link(), "the input \"" + input.name() + "\"");
    }
    if (step.loop() != null) {
      loop(here, step.loop());
    }
  }

  private void loop(Requirements here, Loop loop) {
    for (Loop.LoopInput input : loop.inputs()) {
      String what = "the loop's input \"" + input.name() + "\"";
      if (input.valueFrom() != null) {
        require(
            here,
            Requirement.StepInputExpression.class,
            what + " has a valueFrom",
            input.valueFrom().position());
      }
      if (input.loopSource().size() > 1) {
        require(
            here,
            Requirement.MultipleInputFeature.class,
            what + " has several sources",
            input.position());
      }
    }
  }

  void checkOutputs(Workflow workflowItself) {
    for (int i = 0; i < workflowItself.outputs().size(); i++) {
      multiple(
          workflow,
          workflowItself.outputLinks().get(i),
          "the output \"" + workflowItself.outputs().get(i).name() + "\"");
    }
  }

  private void multiple(Requirements here, Link link, String what) {
    if (link.sources().size() > 1) {
      require(
          here,
          Requirement.MultipleInputFeature.class,
          what + " has several sources",
          link.sources().get(1).position());
    }
  }

  private void require(
      Requirements here, Class<? extends Requirement> feature, String why, Position position) {
    if (here.find(feature).isEmpty()) {
      String name = feature.getSimpleName() + "Requirement";
      missing.add(
          new MissingRequirement(
              name,
              position,
              "%s, which needs %s. Add \"%s: {}\" to the requirements."
                  .formatted(why, name, name)));
    }
  }
}
