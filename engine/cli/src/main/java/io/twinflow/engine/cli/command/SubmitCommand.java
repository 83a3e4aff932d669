package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.Connection;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.engine.cli.client.Submission;
import io.twinflow.engine.cli.input.InputFlags;
import io.twinflow.engine.cli.input.InputObject;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.RunOptions.ContainerUse;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.check.CheckedInputs;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Gives a workflow and its inputs to a server. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = "Submits a workflow with its input files to a server; says which run it is.",
    customSynopsis = "twinflow submit [options] WORKFLOW [INPUTS.yml | --NAME VALUE]...",
    footer = {
      "",
      "Options stand before WORKFLOW. The run's id goes to standard output.",
      "",
      "Examples:",
      "  twinflow submit --server https://twin.example workflow.cwl inputs.yml",
      "  twinflow submit --watch tool.cwl --message hello --file data.csv"
    })
final class SubmitCommand implements Callable<Integer> {

  private final Context context;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private BehaviourOptions behaviour = new BehaviourOptions();
  @Mixin private DisplayOptions display = new DisplayOptions();

  @Option(
      names = "--priority",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "From -100 to 100: among your runs the higher goes first; how high, your token says"
              + " (default: ${DEFAULT-VALUE}).")
  private int priority;

  @Option(names = "--watch", description = "Then watch it until it has ended.")
  private boolean watch;

  @Parameters(
      index = "0",
      paramLabel = "WORKFLOW",
      description = "A file; #name picks one process of several.")
  private String workflow = "";

  @Unmatched private List<String> rest = new ArrayList<>();

  SubmitCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    XmlDocuments.refuse(workflow);
    try (Connection connection = server.connect(context.invocation())) {
      Submission submission = new Submission(workflow, context.invocation().cwd());
      CwlProcess process = submission.document().process();
      InputFlags.Sorted given =
          new InputFlags(
                  process.inputs(),
                  context.invocation(),
                  new InputFlags.Options(options(), name -> false, false))
              .sort(rest);
      if (!given.problems().isEmpty()) {
        throw CliException.usage(String.join("\n", given.problems()));
      }
      CheckedInputs inputs =
          InputObject.check(
              submission.document(),
              InputObject.load(context.invocation(), given.files()),
              given.values());
      String run =
          submission.send(
              connection,
              inputs.inputs(),
              behaviour.labels(),
              behaviour.options(ContainerUse.AUTO).withPriority(checkedPriority()));
      context.print(run);
      return watch ? new WatchRun(context, display, connection).untilItEnds(run) : tell(run);
    } catch (InvalidDefinitionException e) {
      throw Definitions.wrong(e);
    }
  }

  private Set<String> options() {
    CommandSpec known = spec;
    return known == null ? Set.of() : known.optionsMap().keySet();
  }

  private int checkedPriority() throws CliException {
    if (Math.abs(priority) > RunOptions.MOST_PRIORITY) {
      throw CliException.usage("--priority " + priority + ": expected a number from -100 to 100");
    }
    return priority;
  }

  private int tell(String run) {
    if (!display.quiet) {
      context.say("more:    twinflow watch " + run);
    }
    return ExitCode.SUCCESS;
  }
}
