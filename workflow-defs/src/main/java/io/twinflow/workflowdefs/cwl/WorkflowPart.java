package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.util.List;

/**
 * A definition that may only be meant as a part of others.
 *
 * @param missing what keeps it from being run by itself
 * @param isRunByAnother whether another process of the same document runs it, and has been checked
 *     with it inside
 */
public record WorkflowPart(
    WorkflowDocument document, List<MissingRequirement> missing, boolean isRunByAnother) {
  public WorkflowPart {
    missing = List.copyOf(missing);
  }

  /**
   * The document, if it can be run by itself.
   *
   * @throws InvalidDefinitionException with what is missing
   */
  public WorkflowDocument runnable() throws InvalidDefinitionException {
    if (!missing.isEmpty()) {
      throw new InvalidDefinitionException(
          missing.stream().map(MissingRequirement::problem).toList());
    }
    return document;
  }
}
