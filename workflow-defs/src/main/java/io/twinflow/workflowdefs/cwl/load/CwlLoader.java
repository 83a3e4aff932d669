package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.ProblemLog;

/**
 * Loads CWL documents: reads the sources, puts imports in place, finds the process, reads it and
 * all it runs into records, checks them, and pins what was read. Safe for use by many threads.
 */
public final class CwlLoader {

  private CwlLoader() {}

  /**
   * @param fileOrUrl a path or URL, with {@code #name} for one process of several
   * @throws InvalidDefinitionException with every problem found
   */
  public static WorkflowDocument load(String fileOrUrl, LoadOptions options)
      throws InvalidDefinitionException {
    Documents documents = new Documents(options);
    return load(documents, documents.iriOf(fileOrUrl));
  }

  private static WorkflowDocument load(Documents documents, String iri)
      throws InvalidDefinitionException {
    ProblemLog problems = new ProblemLog();
    Reading reading = new Reading(documents, problems);
    CwlProcess process = new ProcessReader(reading).refer(iri, null, Scope.TOP);
    problems.throwIfAny();
    if (process == null) {
      throw new IllegalStateException("nothing was read and nothing was found wrong in " + iri);
    }
    return new WorkflowDocument(process, "", FormatOntology.EMPTY, problems.warnings());
  }
}
