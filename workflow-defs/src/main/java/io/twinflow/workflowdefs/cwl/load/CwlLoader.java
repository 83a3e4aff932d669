package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.MissingRequirement;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.WorkflowPart;
import io.twinflow.workflowdefs.cwl.check.DocumentChecker;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
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
    return whole(documents, documents.iriOf(fileOrUrl));
  }

  /**
   * Loads to look at it, not to run: a requirement that a surrounding workflow may bring may be
   * missing.
   *
   * @throws InvalidDefinitionException with every problem found
   */
  public static WorkflowPart loadPart(String fileOrUrl, LoadOptions options)
      throws InvalidDefinitionException {
    Documents documents = new Documents(options);
    return part(documents, documents.iriOf(fileOrUrl));
  }

  /**
   * The same for all processes of a document that has several, none of them {@code #main}, if none
   * is named.
   *
   * @throws InvalidDefinitionException with every problem found
   */
  public static List<WorkflowPart> loadParts(String fileOrUrl, LoadOptions options)
      throws InvalidDefinitionException {
    Documents documents = new Documents(options);
    String iri = documents.iriOf(fileOrUrl);
    List<WorkflowPart> parts = new ArrayList<>();
    ProblemLog problems = new ProblemLog();
    for (String part : new ProcessFinder(new Reading(documents, problems)).parts(iri)) {
      try {
        parts.add(part(documents, part));
      } catch (InvalidDefinitionException e) {
        problems.addAll(e.problems());
      }
    }
    problems.throwIfAny();
    return InnerProcesses.marked(parts);
  }

  /**
   * The same with the requirements and overrides of an input object, which hold for the whole run.
   *
   * @throws InvalidDefinitionException with every problem found
   */
  public static WorkflowDocument load(String fileOrUrl, LoadOptions options, JobDocument job)
      throws InvalidDefinitionException {
    if (!job.changesDefinition()) {
      return load(fileOrUrl, options);
    }
    Documents documents = new Documents(options);
    String iri = documents.iriOf(fileOrUrl);
    ProblemLog problems = new ProblemLog();
    JobRequirements.apply(new Reading(documents, problems), iri, job);
    problems.throwIfAny();
    CwlProcess process = runnable(documents, iri, problems);
    OverrideTarget.warnOfUnused(job, process, problems);
    return document(documents, iri, process, problems);
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
    CwlProcess process = runnable(pinned.documents(), pinned.main(), problems);
    return new WorkflowDocument(process, pinnedText, pinned.ontology(), problems.warnings());
  }

  private static WorkflowDocument whole(Documents documents, String iri)
      throws InvalidDefinitionException {
    ProblemLog problems = new ProblemLog();
    CwlProcess process = runnable(documents, iri, problems);
    return document(documents, iri, process, problems);
  }

  private static CwlProcess runnable(Documents documents, String iri, ProblemLog problems)
      throws InvalidDefinitionException {
    CwlProcess process = read(documents, iri, problems);
    DocumentChecker.check(process, problems)
        .forEach(missing -> problems.error(missing.position(), missing.message()));
    problems.throwIfAny();
    return process;
  }

  private static WorkflowPart part(Documents documents, String iri)
      throws InvalidDefinitionException {
    ProblemLog problems = new ProblemLog();
    CwlProcess process = read(documents, iri, problems);
    List<MissingRequirement> missing = DocumentChecker.check(process, problems);
    problems.throwIfAny();
    return new WorkflowPart(document(documents, iri, process, problems), missing, false);
  }

  private static WorkflowDocument document(
      Documents documents, String iri, CwlProcess process, ProblemLog problems)
      throws InvalidDefinitionException {
    ProblemLog later = new ProblemLog();
    FormatOntology ontology = new OntologyLoader(documents, later).load();
    String pinned = new PinnedWriter(documents).write(process.header().id(), iri, ontology);
    List<Problem> warnings = new ArrayList<>(problems.warnings());
    warnings.addAll(later.warnings());
    return new WorkflowDocument(process, pinned, ontology, warnings);
  }

  private static CwlProcess read(Documents documents, String iri, ProblemLog problems)
      throws InvalidDefinitionException {
    CwlProcess process =
        new ProcessReader(new Reading(documents, problems)).refer(iri, null, Scope.TOP);
    if (process == null) {
      problems.throwIfAny();
      throw new IllegalStateException("nothing was read and nothing was found wrong in " + iri);
    }
    return process;
  }
}
