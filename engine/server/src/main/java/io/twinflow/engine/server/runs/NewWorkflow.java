package io.twinflow.engine.server.runs;

import io.twinflow.workflowdefs.cwl.WorkflowDocument;

/**
 * A workflow to be kept.
 *
 * @param name the one it gives itself
 * @param version SHA-256 of its sources
 * @param pinned all that runs need of it, but the files of its folder
 */
public record NewWorkflow(Kind kind, String name, String version, String pinned) {

  public static NewWorkflow of(WorkflowDocument document) {
    return new NewWorkflow(
        Kind.CWL, document.process().header().name(), document.version(), document.pinned());
  }

  public static NewWorkflow of(ServedDecision decision) {
    return new NewWorkflow(
        Kind.DMN, decision.name(), decision.document().digest(), decision.text());
  }

  public static NewWorkflow of(ServedProcess process) {
    return new NewWorkflow(
        Kind.BPMN, process.main().id(), process.document().digest(), process.text());
  }
}
