package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Problem;
import java.util.List;

/**
 * A definition, loaded and checked.
 *
 * @param process what to run
 * @param pinned the packed, resolved source closure as JSON text with its positions: everything
 *     needed to load the same process again, without the user's files. Its SHA-256 is the workflow
 *     version
 * @param ontology subclass relations of file formats, from {@code $schemas}
 * @param warnings findings that do not stop a run
 */
public record WorkflowDocument(
    CwlProcess process, String pinned, FormatOntology ontology, List<Problem> warnings) {
  public WorkflowDocument {
    warnings = List.copyOf(warnings);
  }
}
