package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.input.InputFlags;
import io.twinflow.engine.cli.input.InputHelp;
import io.twinflow.engine.cli.input.InputObject;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.view.Outline;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.WorkflowPart;
import io.twinflow.workflowdefs.cwl.check.CheckedInputs;
import io.twinflow.workflowdefs.cwl.load.JobDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs a workflow. */
@Command(
    name = "run",
    description =
        "Runs a CWL workflow or tool, on this machine or at the sites of a configuration.",
    customSynopsis = "twinflow run [options] WORKFLOW [INPUTS.yml | --NAME VALUE]...",
    footer = {
      "",
      "Inputs come from a YAML or JSON file (- reads standard input), from flags that",
      "carry the names of the workflow's inputs, or both; a flag wins. After WORKFLOW,",
      "an input comes before an option of the same name. The output object goes to",
      "standard output as JSON, everything else to standard error.",
      "",
      "Examples:",
      "  twinflow run workflow.cwl inputs.yml --outdir results",
      "  twinflow run tool.cwl --message hello --file data.csv",
      "  twinflow run workflow.cwl --help    (the inputs of this workflow)"
    })
final class RunCommand implements Callable<Integer> {

  private final Context context;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      description = "Show this help, or that of the workflow.")
  private boolean help;

  @Option(names = "--version", hidden = true)
  private boolean version;

  @Mixin private OutdirOption outdir = new OutdirOption();
  @Mixin private DisplayOptions display = new DisplayOptions();
  @Mixin private BehaviourOptions behaviour = new BehaviourOptions();
  @Mixin private SiteOptions site = new SiteOptions();
  @Mixin private HomeOption home = new HomeOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "WORKFLOW",
      description = "A file or URL; #name picks one process of several.")
  private @Nullable String workflow;

  private @Nullable String jobWithTool;

  @Unmatched private List<String> rest = new ArrayList<>();

  RunCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    if (version) {
      context.print(VersionCommand.text());
      return ExitCode.SUCCESS;
    }
    String file = workflow;
    if (file == null && help) {
      line().usage(context.invocation().out());
      return ExitCode.SUCCESS;
    }
    if (file == null) {
      throw CliException.usage(
          "twinflow run: which workflow? Expected a file or URL, as in: twinflow run workflow.cwl");
    }
    WorkflowPart part;
    try {
      part = Definitions.loadPart(context, file);
    } catch (CliException e) {
      String tool = toolOfJob(file);
      if (tool == null) {
        throw e;
      }
      jobWithTool = file;
      file = tool;
      part = Definitions.loadPart(context, file);
    }
    CwlProcess process = part.document().process();
    InputFlags.Sorted given = sort(process);
    if (given.help() || help) {
      InputHelp.lines(process, file).forEach(context::print);
      return ExitCode.SUCCESS;
    }
    if (!given.problems().isEmpty()) {
      throw CliException.usage(
          String.join("\n", given.problems()) + "\nTry 'twinflow run " + file + " --help'.");
    }
    if (!given.options().isEmpty()) {
      again(given.options());
    }
    return start(file, part, given);
  }

  /** An input object may name its tool with {@code cwl:tool}, and is then run in its place. */
  private @Nullable String toolOfJob(String file) {
    try {
      JobDocument job = InputObject.load(context.invocation(), List.of(file));
      return job == null ? null : job.tool();
    } catch (InvalidDefinitionException | CliException e) {
      // Then the file is no input object either, and what is wrong with it as a workflow is told.
      return null;
    }
  }

  private List<String> files(InputFlags.Sorted given) {
    List<String> files = new ArrayList<>(given.files());
    if (jobWithTool != null) {
      files.addFirst(jobWithTool);
    }
    return files;
  }

  private InputFlags.Sorted sort(CwlProcess process) {
    return new InputFlags(
            process.inputs(),
            context.invocation(),
            new InputFlags.Options(
                line().getCommandSpec().optionsMap().keySet(), this::takesValue, true))
        .sort(rest);
  }

  private boolean takesValue(String name) {
    OptionSpec option = line().getCommandSpec().findOption(name);
    return option != null && option.arity().max() > 0;
  }

  private CommandLine line() {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("picocli did not tell the command its specification");
    }
    return known.commandLine();
  }

  /** Takes in the options that stood after the workflow, with those before it. */
  private void again(List<String> late) throws CliException {
    List<String> words = new ArrayList<>(late);
    line().getParseResult().originalArgs().stream()
        .takeWhile(word -> !word.equals(workflow))
        .forEach(words::add);
    String file = workflow;
    try {
      line().parseArgs(words.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw new CliException(
          ExitCode.USAGE, "twinflow run: " + e.getMessage() + "\nTry 'twinflow run --help'.", e);
    }
    workflow = file;
  }

  private int start(String file, WorkflowPart loaded, InputFlags.Sorted given)
      throws CliException, InterruptedException {
    Path results = outdir.writable(context.invocation());
    Path folder = home.writable(context.invocation());
    try {
      JobDocument job = InputObject.load(context.invocation(), files(given));
      WorkflowDocument document = Definitions.runnable(context, file, loaded, job);
      CheckedInputs inputs = InputObject.check(document, job, given.values());
      if (!display.quiet) {
        warn(document.warnings());
        warn(inputs.warnings());
      }
      try (EngineRoom room = EngineRoom.open(context, folder, site)) {
        Engine engine = room.engine();
        RunOptions options = behaviour.options(site.containerUse()).withOutdir(results);
        RunId run =
            engine.submit(
                new Engine.RunRequest(
                    document, inputs.inputs(), options, behaviour.labels(), Optional.empty()));
        return new CarryOut(context, display, room)
            .execute(run, Outline.of(document.process()), results);
      }
    } catch (InvalidDefinitionException e) {
      throw Definitions.wrong(e);
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }

  private void warn(List<Problem> warnings) {
    if (!warnings.isEmpty()) {
      context.say(Definitions.text(warnings));
    }
  }
}
