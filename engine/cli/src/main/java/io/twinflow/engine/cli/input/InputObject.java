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
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.ScalarNode;
import io.twinflow.workflowdefs.source.SourceFetcher;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The input object of a run, from a file, from flags, or from both. */
public final class InputObject {

  private static final String STANDARD_INPUT = "-";
  private static final String FLAG = "--";
  private static final int MOST_SIBLINGS = 10_000;

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
          path ->
              path.isEmpty() ? process.header().position() : flag(String.valueOf(path.getFirst())));
    }
    CheckedInputs checked = InputObjectChecker.check(process, merged(job, flags));
    return new CheckedInputs(
        FormatPrefixes.expand(checked.inputs(), document),
        checked.requirements(),
        checked.warnings());
  }

  /** The place of a value that came from the command line, which has no lines. */
  private static Position flag(String name) {
    return Position.startOf(FLAG + name);
  }

  /** A problem with its place: file:line:column, or the flag. */
  public static String text(Problem problem) {
    String source = problem.position().source();
    return source.startsWith(FLAG) ? source + ": " + problem.message() : problem.toString();
  }

  private static JobDocument load(Invocation invocation, String file)
      throws CliException, InvalidDefinitionException {
    if (!file.equals(STANDARD_INPUT) && !Iri.isAbsolute(file)) {
      mustBeReadable(file, invocation.resolve(file));
    }
    LoadOptions options = LoadOptions.defaults().withWorkingFolder(invocation.cwd());
    if (file.equals(STANDARD_INPUT)) {
      options = options.withFetcher(withStandardInput(invocation));
    }
    return JobLoader.loadWithOverrides(file, options);
  }

  /** What is no flag and no file may be either, mistyped; the loader knows of files alone. */
  private static void mustBeReadable(String written, Path file) throws CliException {
    try {
      if (!Files.exists(file)) {
        throw CliException.failure(
            written
                + ": no such file"
                + near(file)
                + "; expected a YAML or JSON file of inputs here, or inputs as --NAME VALUE.");
      }
      if (Files.isRegularFile(file) && Files.size(file) > ReadLimits.DEFAULT.maxBytes()) {
        throw CliException.failure(
            "%s: inputs of %d MiB are more than the bound of %d MiB for a document; give data as a File input, which a tool reads itself, or an expression with loadContents, or split into many files that a step scatters over."
                .formatted(written, Files.size(file) >> 20, ReadLimits.DEFAULT.maxBytes() >> 20));
      }
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, written + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static String near(Path file) throws IOException {
    Path folder = file.getParent();
    Path name = file.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (Stream<Path> siblings = Files.list(folder)) {
      List<String> names =
          siblings.limit(MOST_SIBLINGS).map(path -> String.valueOf(path.getFileName())).toList();
      return NearestName.of(name.toString(), names)
          .map(near -> " (did you mean \"" + near + "\"?)")
          .orElse("");
    }
  }

  private static SourceFetcher withStandardInput(Invocation invocation) throws CliException {
    byte[] bytes;
    try {
      bytes = invocation.in().readNBytes((int) ReadLimits.DEFAULT.maxBytes() + 1);
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
    flags
        .keySet()
        .forEach(name ->
            nodes.put(
                name,
                new MapNode.Entry(
                    flag(name), new ScalarNode(ScalarNode.Kind.STRING, "", flag(name)))));
    return new JobDocument(
        new MapNode(nodes, job.inputs().position()),
        new RecordValue(values),
        job.requirements(),
        job.requirementsNode(),
        job.overrides(),
        job.tool(),
        job.problems());
  }
}
