package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.ExpressionTool;
import io.twinflow.workflowdefs.cwl.MissingRequirement;
import io.twinflow.workflowdefs.cwl.Operation;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowPart;
import io.twinflow.workflowdefs.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks documents without running them. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks documents in CWL and BPMN, and tells all that is wrong, with positions.",
    footer = {"", "Example:", "  twinflow validate workflow.cwl tools/*.cwl"})
final class ValidateCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private DisplayOptions display = new DisplayOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files or URLs; #name picks a process.")
  private List<String> files = new ArrayList<>();

  ValidateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    int worst = ExitCode.SUCCESS;
    for (String file : files) {
      worst = worse(worst, validate(file));
    }
    return worst;
  }

  private int validate(String file) {
    try {
      if (XmlDocuments.isBpmn(file)) {
        return tell(XmlDocuments.read(context, file));
      }
      List<WorkflowPart> parts = Definitions.loadParts(context, file);
      List<Problem> warnings =
          parts.stream().flatMap(part -> part.document().warnings().stream()).distinct().toList();
      if (!warnings.isEmpty()) {
        context.say(Definitions.text(warnings));
      }
      int worst = ExitCode.SUCCESS;
      for (WorkflowPart part : parts) {
        CwlProcess process = part.document().process();
        worst =
            worse(
                worst, tell(part, file + (parts.size() == 1 ? "" : "#" + process.header().name())));
      }
      return worst;
    } catch (CliException e) {
      context.say(String.valueOf(e.getMessage()));
      return e.exitCode();
    }
  }

  /** A server may refuse more of it: secrets and workflows that are not for who keeps it. */
  private int tell(BpmnDocument document) {
    if (!document.warnings().isEmpty()) {
      context.say(Definitions.text(document.warnings()));
    }
    document
        .processes()
        .forEach(process ->
            print("%s#%s: valid process (BPMN 2.0)".formatted(document.source(), process.id())));
    return ExitCode.SUCCESS;
  }

  /** Says what a part is good for. What {@code run} would refuse is not valid by itself. */
  private int tell(WorkflowPart part, String name) {
    String kind = kind(part.document().process());
    if (part.missing().isEmpty()) {
      print(name + ": valid " + kind);
      return ExitCode.SUCCESS;
    }
    String requirements =
        part.missing().stream()
            .map(MissingRequirement::requirement)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    String inside = ": valid only inside a workflow that requires " + requirements;
    if (part.isRunByAnother()) {
      print(name + inside + ": " + kind);
      return ExitCode.SUCCESS;
    }
    context.say(
        Definitions.text(part.missing().stream().map(MissingRequirement::problem).toList()));
    context.say(name + inside + "; it cannot be run by itself.");
    return ExitCode.FAILURE;
  }

  private void print(String line) {
    if (!display.quiet) {
      context.print(line);
    }
  }

  private static String kind(CwlProcess process) {
    String version = " (CWL " + process.header().cwlVersion() + ")";
    return switch (process) {
      case CommandLineTool tool -> "CommandLineTool" + version;
      case ExpressionTool tool -> "ExpressionTool" + version;
      case Operation operation -> "Operation" + version;
      case Workflow workflow -> "Workflow of " + steps(workflow.steps().size()) + version;
    };
  }

  /** A wrong document weighs more than an unsupported one. */
  private static int worse(int one, int other) {
    return one == ExitCode.FAILURE || other == ExitCode.FAILURE
        ? ExitCode.FAILURE
        : Math.max(one, other);
  }

  private static String steps(int number) {
    return number == 1 ? "1 step" : number + " steps";
  }
}
