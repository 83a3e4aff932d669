package io.twinflow.workflowdefs.cwl;

import java.util.List;

/**
 * A graph of steps. {@code outputs} and {@code outputLinks} have the same order: the value of
 * output <i>i</i> comes over link <i>i</i>.
 */
public record Workflow(
    Header header,
    List<InputParameter> inputs,
    List<OutputParameter> outputs,
    List<Link> outputLinks,
    List<WorkflowStep> steps)
    implements CwlProcess {
  public Workflow {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    outputLinks = List.copyOf(outputLinks);
    steps = List.copyOf(steps);
  }
}
