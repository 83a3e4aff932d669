package io.twinflow.workflowdefs.bpmn;

import io.twinflow.workflowdefs.source.Problem;
import java.util.List;

/**
 * A document that was read and found right.
 *
 * @param digest the SHA-256 of its bytes, in hexadecimal digits: the version
 * @param processes those that can be executed, at least one; their drawings are left out
 */
public record BpmnDocument(
    String source, String digest, List<BpmnProcess> processes, List<Problem> warnings) {

  public BpmnDocument {
    processes = List.copyOf(processes);
    warnings = List.copyOf(warnings);
  }
}
