package io.twinflow.engine.cli.input;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.Invocation;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.check.CheckedInputs;
import io.twinflow.workflowdefs.cwl.check.InputObjectChecker;
import io.twinflow.workflowdefs.cwl.load.JobDocument;
import io.twinflow.workflowdefs.cwl.load.JobLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.SourceFetcher;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The input object of a run, from a file, from flags, or from both. */
public final class InputObject {

  private static final String STANDARD_INPUT = "-";

  private InputObject() {}

  /**
   * What a file says, not yet fitted to a process; null without a file.
   *
   * @param files at most one; {@code -} is standard input
   */
  public static @Nullable JobDocument load(Invocation invocation, List<String> files)
      throws CliException, InvalidDefinitionException {
    if (files.size() > 1) {
      throw CliException.usage(
          "expected one file of inputs, found " + files.size() + ": " + String.join(", ", files));
    }
    return files.isEmpty() ? null : load(invocation, files.getFirst());
  }

  /**
   * @param flags win over what the file says
   */
  public static CheckedInputs check(
      WorkflowDocument document, @Nullable JobDocument job, Map<String, Value> flags)
      throws InvalidDefinitionException {
    CwlProcess process = document.process();
    if (job == null) {
      return InputObjectChecker.check(
          process,
          new RecordValue(flags),
          process.header().position(),
          path -> process.header().position());
    }
    CheckedInputs checked = InputObjectChecker.check(process, merged(job, flags));
    return new CheckedInputs(
        FormatPrefixes.expand(checked.inputs(), document),
        checked.requirements(),
        checked.warnings());
  }

  private static JobDocument load(Invocation invocation, String file)
      throws CliException, InvalidDefinitionException {
    LoadOptions options = LoadOptions.defaults().withWorkingFolder(invocation.cwd());
    if (file.equals(STANDARD_INPUT)) {
      options = options.withFetcher(withStandardInput(invocation));
    }
    return JobLoader.load(file, options);
  }

  private static SourceFetcher withStandardInput(Invocation invocation) throws CliException {
    byte[] bytes;
    try {
      bytes =
          invocation
              .in()
              .readNBytes((int) io.twinflow.workflowdefs.source.ReadLimits.DEFAULT.maxBytes() + 1);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILURE, "standard input cannot be read: " + e.getMessage(), e);
    }
    String here = Iri.resolvePath(Iri.ofFolder(invocation.cwd()), STANDARD_INPUT);
    SourceFetcher others = SourceFetcher.ofFilesAndHttp();
    return (iri, display, limits) -> iri.equals(here) ? bytes : others.fetch(iri, display, limits);
  }

  private static JobDocument merged(JobDocument job, Map<String, Value> flags) {
    Map<String, Value> values = new LinkedHashMap<>(job.values().fields());
    values.putAll(flags);
    Map<String, MapNode.Entry> nodes = new LinkedHashMap<>(job.inputs().entries());
    nodes.keySet().removeAll(flags.keySet());
    return new JobDocument(
        new MapNode(nodes, job.inputs().position()),
        new RecordValue(values),
        job.requirements(),
        job.requirementsNode(),
        job.tool(),
        job.problems());
  }
}
