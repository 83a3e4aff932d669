package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.check.DocumentChecker;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    return load(documents, documents.iriOf(fileOrUrl), true);
  }

  /**
   * Loads to check, not to run: if a document has several processes, none of them is {@code #main}
   * and none is named, all of them; and a requirement that a surrounding workflow may bring is no
   * error when it is missing.
   *
   * @throws InvalidDefinitionException with every problem found
   */
  public static List<WorkflowDocument> loadParts(String fileOrUrl, LoadOptions options)
      throws InvalidDefinitionException {
    Documents documents = new Documents(options);
    String iri = documents.iriOf(fileOrUrl);
    List<WorkflowDocument> parts = new ArrayList<>();
    ProblemLog problems = new ProblemLog();
    for (String part : new ProcessFinder(new Reading(documents, problems)).parts(iri)) {
      try {
        parts.add(load(documents, part, false));
      } catch (InvalidDefinitionException e) {
        problems.addAll(e.problems());
      }
    }
    problems.throwIfAny();
    return parts;
  }

  /**
   * The same with the requirements of an input object, which hold for the whole run.
   *
   * @param requirements what {@code cwl:requirements} holds
   */
  public static WorkflowDocument load(String fileOrUrl, LoadOptions options, Node requirements)
      throws InvalidDefinitionException {
    Documents documents = new Documents(options);
    String iri = documents.iriOf(fileOrUrl);
    ProblemLog problems = new ProblemLog();
    JobRequirements.apply(new Reading(documents, problems), iri, requirements);
    problems.throwIfAny();
    return load(documents, iri, true);
  }

  /** All prefixes that the sources of a pinned definition declare, with their IRIs. */
  public static Map<String, String> namespaces(String pinnedText)
      throws InvalidDefinitionException {
    return new PinnedReader().read(pinnedText).documents().allNamespaces();
  }

  /**
   * Loads what was pinned, without files and network. Its process, ontology and version are those
   * that were pinned; findings about unreachable schemas are not told again.
   *
   * @throws InvalidDefinitionException if the text is not {@link WorkflowDocument#pinned}
   */
  public static WorkflowDocument loadPinned(String pinnedText) throws InvalidDefinitionException {
    PinnedReader.Pinned pinned = new PinnedReader().read(pinnedText);
    ProblemLog problems = new ProblemLog();
    CwlProcess process = process(pinned.documents(), pinned.main(), true, problems);
    return new WorkflowDocument(process, pinnedText, pinned.ontology(), problems.warnings());
  }

  private static WorkflowDocument load(Documents documents, String iri, boolean alone)
      throws InvalidDefinitionException {
    ProblemLog problems = new ProblemLog();
    CwlProcess process = process(documents, iri, alone, problems);
    ProblemLog later = new ProblemLog();
    FormatOntology ontology = new OntologyLoader(documents, later).load();
    String pinned = new PinnedWriter(documents).write(process.header().id(), iri, ontology);
    List<Problem> warnings = new ArrayList<>(problems.warnings());
    warnings.addAll(later.warnings());
    return new WorkflowDocument(process, pinned, ontology, warnings);
  }

  private static CwlProcess process(
      Documents documents, String iri, boolean alone, ProblemLog problems)
      throws InvalidDefinitionException {
    CwlProcess process =
        new ProcessReader(new Reading(documents, problems)).refer(iri, null, Scope.TOP);
    if (process != null) {
      DocumentChecker.check(process, alone, problems);
    }
    problems.throwIfAny();
    if (process == null) {
      throw new IllegalStateException("nothing was read and nothing was found wrong in " + iri);
    }
    return process;
  }
}
