package io.twinflow.workflowdefs.bpmn;

import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that can be started.
 *
 * @param inputs what it is started with
 */
public record BpmnProcess(
    String id, @Nullable String name, List<FormField> inputs, FlowScope body, Position position) {

  public BpmnProcess {
    inputs = List.copyOf(inputs);
  }
}
