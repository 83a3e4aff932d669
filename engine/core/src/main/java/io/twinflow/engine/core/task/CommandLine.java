package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.CommandLineBinding;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The command line of a tool. CommandLineTool v1.2, "Input binding". */
final class CommandLine {

  private CommandLine() {}

  /**
   * @param shell whether ShellCommandRequirement holds
   * @param inputs with their paths
   */
  static List<String> of(CommandLineTool tool, RecordValue inputs, Scope scope, boolean shell)
      throws FailureException {
    BoundValues bound = new BoundValues(scope);
    List<CommandLineBinding> arguments = tool.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      bound.addArgument(arguments.get(i), i);
    }
    for (InputParameter input : tool.inputs()) {
      bound.addInput(input, inputs.get(input.name()));
    }
    List<BoundValues.Bound> sorted = bound.found();
    sorted.sort(Comparator.comparing(BoundValues.Bound::key));
    List<String> words = new ArrayList<>();
    for (String word : tool.baseCommand()) {
      words.add(shell ? ShellQuoting.quote(word) : word);
    }
    for (BoundValues.Bound piece : sorted) {
      boolean quoted = shell && piece.binding().shellQuote();
      for (String word : ArgumentText.of(piece.binding(), value(piece, scope))) {
        words.add(quoted ? ShellQuoting.quote(word) : word);
      }
    }
    if (!shell) {
      return words;
    }
    return List.of("/bin/sh", "-c", String.join(" ", words));
  }

  private static Value value(BoundValues.Bound piece, Scope scope) throws FailureException {
    ExpressionText valueFrom = piece.binding().valueFrom();
    return valueFrom == null ? piece.value() : scope.evaluate(valueFrom, piece.value());
  }

  /** For messages: a tool without anything to run. */
  static FailureException empty(CommandLineTool tool) {
    return Faults.user(
        "command.empty",
        "%s: the command line of '%s' is empty; give it a baseCommand or arguments"
            .formatted(tool.header().position(), tool.header().name()));
  }
}
