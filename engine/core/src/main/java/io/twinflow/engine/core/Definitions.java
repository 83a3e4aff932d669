package io.twinflow.engine.core;

import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;

/** Reads a definition back from its pinned text. */
public interface Definitions {

  /**
   * @param pinned the text that a document gave of itself when its run was made
   * @throws InvalidDefinitionException if this version of Twinflow cannot read it any more
   */
  WorkflowDocument load(String pinned) throws InvalidDefinitionException;
}
