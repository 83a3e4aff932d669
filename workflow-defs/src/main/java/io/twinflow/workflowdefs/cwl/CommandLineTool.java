package io.twinflow.workflowdefs.cwl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program to run. CWL v1.2, CommandLineTool.
 *
 * @param stdin the {@code stdin} shortcut is already a reference to its input's path
 * @param stdout a file name; present whenever an output needs it
 */
public record CommandLineTool(
    Header header,
    List<InputParameter> inputs,
    List<OutputParameter> outputs,
    List<String> baseCommand,
    List<CommandLineBinding> arguments,
    @Nullable ExpressionText stdin,
    @Nullable ExpressionText stdout,
    @Nullable ExpressionText stderr,
    List<Integer> successCodes,
    List<Integer> temporaryFailCodes,
    List<Integer> permanentFailCodes)
    implements CwlProcess {
  public CommandLineTool {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    baseCommand = List.copyOf(baseCommand);
    arguments = List.copyOf(arguments);
    successCodes = List.copyOf(successCodes);
    temporaryFailCodes = List.copyOf(temporaryFailCodes);
    permanentFailCodes = List.copyOf(permanentFailCodes);
  }
}
