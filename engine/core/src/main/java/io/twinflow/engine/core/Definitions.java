package io.twinflow.engine.core;

import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;

/** Reads a definition back from its pinned text. */
public interface Definitions {
  WorkflowDocument load(String pinned) throws InvalidDefinitionException;
}
