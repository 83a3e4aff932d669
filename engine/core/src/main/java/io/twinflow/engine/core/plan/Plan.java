package io.twinflow.engine.core.plan;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;

/**
 * The resolved graph of a workflow version. A process that is not a workflow is planned as a
 * workflow of one step without a name, so that everything after the plan knows one case only.
 *
 * @param version the SHA-256 of the pinned definition
 */
public record Plan(String version, WorkflowDocument document, PlannedWorkflow root) {

  /**
   * Deterministic: the same document gives the same plan.
   *
   * @throws FailureException of kind USER if the definition cannot be run
   */
  public static Plan of(WorkflowDocument document) throws FailureException {
    return of(Digests.sha256(document.pinned()), document);
  }

  /**
   * @param version of the pinned text that the document was read from
   */
  public static Plan of(String version, WorkflowDocument document) throws FailureException {
    return new Plan(version, document, new PlanCompiler(document).compile());
  }
}
