package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.cli.input.InputObject;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.WorkflowPart;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.JobDocument;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Loads workflows for the commands, and words what is wrong with them. */
final class Definitions {

  private static final int MOST_PROBLEMS = 100;

  private Definitions() {}

  /** The document to look at; it need not be one that can be run by itself. */
  static WorkflowPart loadPart(Context context, String fileOrUrl) throws CliException {
    XmlDocuments.refuse(fileOrUrl);
    try {
      return CwlLoader.loadPart(
          fileOrUrl, LoadOptions.defaults().withWorkingFolder(context.invocation().cwd()));
    } catch (InvalidDefinitionException e) {
      throw wrong(e);
    }
  }

  /** The document to check, or each of its processes where none is the main one. */
  static List<WorkflowPart> loadParts(Context context, String fileOrUrl) throws CliException {
    XmlDocuments.refuse(fileOrUrl);
    try {
      return CwlLoader.loadParts(
          fileOrUrl, LoadOptions.defaults().withWorkingFolder(context.invocation().cwd()));
    } catch (InvalidDefinitionException e) {
      throw wrong(e);
    }
  }

  /** What to run: the document with the requirements of the input object, if it has any. */
  static WorkflowDocument runnable(
      Context context, String fileOrUrl, WorkflowPart loaded, @Nullable JobDocument job)
      throws InvalidDefinitionException {
    return job == null || !job.changesDefinition()
        ? loaded.runnable()
        : CwlLoader.load(
            fileOrUrl, LoadOptions.defaults().withWorkingFolder(context.invocation().cwd()), job);
  }

  /** Everything that was found, and the exit code that fits. */
  static CliException wrong(InvalidDefinitionException e) {
    return new CliException(
        e.isOnlyUnsupported() ? ExitCode.UNSUPPORTED : ExitCode.FAILURE, text(e.problems()), e);
  }

  static String text(List<Problem> problems) {
    String text =
        problems.stream()
            .limit(MOST_PROBLEMS)
            .map(InputObject::text)
            .collect(Collectors.joining("\n"));
    int more = problems.size() - MOST_PROBLEMS;
    return Words.harmless(text) + (more > 0 ? "\n… and " + more + " more" : "");
  }
}
