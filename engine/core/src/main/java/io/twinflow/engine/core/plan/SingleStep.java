package io.twinflow.engine.core.plan;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.CwlProcess.Header;
import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.cwl.StepInput;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import java.util.List;

/** A workflow of one step without a name around a process. */
final class SingleStep {

  static final String NAME = "";

  private SingleStep() {}

  static Workflow around(CwlProcess process) {
    Header header = process.header();
    List<StepInput> in =
        process.inputs().stream()
            .map(input ->
                new StepInput(
                    input.name(),
                    link(new Link.Source.WorkflowInput(input.name(), input.position())),
                    null,
                    null,
                    false,
                    null,
                    null,
                    input.position()))
            .toList();
    WorkflowStep step =
        new WorkflowStep(
            NAME,
            header.label(),
            header.doc(),
            in,
            process.outputs().stream().map(OutputParameter::name).toList(),
            process,
            null,
            List.of(),
            WorkflowStep.ScatterMethod.DOTPRODUCT,
            null,
            Requirements.NONE,
            header.position());
    Header outer =
        new Header(
            header.id(),
            header.name(),
            header.label(),
            header.doc(),
            header.cwlVersion(),
            header.intent(),
            Requirements.NONE,
            header.position());
    return new Workflow(
        outer,
        process.inputs(),
        process.outputs(),
        process.outputs().stream()
            .map(output -> link(new Link.Source.StepOutput(NAME, output.name(), output.position())))
            .toList(),
        List.of(step));
  }

  private static Link link(Link.Source source) {
    return new Link(List.of(source), false, null, null);
  }
}
