package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.cwl.StepInput;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.value.NullValue;
import java.util.List;
import java.util.stream.Stream;

/** Whether a step's names are those of what it runs. */
final class StepChecker {

  private final ProblemLog problems;

  StepChecker(ProblemLog problems) {
    this.problems = problems;
  }

  void check(WorkflowStep step) {
    if (step.loop() != null) {
      loop(step, step.loop());
    }
    if (DocumentChecker.isUnread(step.run())) {
      return;
    }
    missingInputs(step);
    unusedInputs(step);
  }

  private void missingInputs(WorkflowStep step) {
    List<String> unknown = unknownInputs(step);
    for (InputParameter input : step.run().inputs()) {
      boolean given =
          step.in().stream().anyMatch(in -> in.name().equals(input.name()) && gives(in));
      if (!given
          && input.defaultValue() == null
          && !ValueTypes.matches(NullValue.NULL, input.type())) {
        problems.error(
            step.position(),
            "the step \""
                + step.name()
                + "\" gives no value to the input \""
                + input.name()
                + "\" ("
                + TypeText.of(input.type())
                + ") of "
                + step.run().header().name()
                + "."
                + NearestName.of(input.name(), unknown)
                    .map(near -> " Is it meant by \"" + near + "\"?")
                    .orElse(""));
      }
    }
  }

  private static boolean gives(StepInput in) {
    return !in.link().sources().isEmpty() || in.defaultValue() != null || in.valueFrom() != null;
  }

  private static List<String> unknownInputs(WorkflowStep step) {
    List<String> names = names(step.run());
    return step.in().stream().map(StepInput::name).filter(name -> !names.contains(name)).toList();
  }

  private static List<String> names(CwlProcess process) {
    return process.inputs().stream().map(InputParameter::name).toList();
  }

  /**
   * An input that the process lacks may serve the step's own expressions, or only order the steps;
   * it is worth a word where it looks like a slip of the pen.
   */
  private void unusedInputs(WorkflowStep step) {
    List<String> names = names(step.run());
    List<String> given = step.in().stream().map(StepInput::name).toList();
    List<String> open = names.stream().filter(name -> !given.contains(name)).toList();
    for (StepInput in : step.in()) {
      if (!names.contains(in.name()) && !mentioned(step, in.name())) {
        NearestName.of(in.name(), open)
            .ifPresent(near ->
                problems.warning(
                    in.position(),
                    "\""
                        + in.name()
                        + "\" is no input of "
                        + step.run().header().name()
                        + ", and no expression of the step uses it. Did you mean \""
                        + near
                        + "\"?"));
      }
    }
  }

  private static boolean mentioned(WorkflowStep step, String name) {
    Stream<String> expressions =
        step.in().stream()
            .map(StepInput::valueFrom)
            .flatMap(Stream::ofNullable)
            .map(text -> text.text());
    return Stream.concat(expressions, Stream.ofNullable(step.when()).map(text -> text.text()))
            .anyMatch(text -> text.contains(name))
        || step.scatter().contains(name)
        || step.loop() != null;
  }

  private void loop(WorkflowStep step, Loop loop) {
    if (!step.scatter().isEmpty() || step.when() != null) {
      problems.error(
          loop.position(),
          "a Loop excludes \"scatter\" and \"when\" in the same step; put one of them into a"
              + " sub-workflow.");
    }
    List<String> names = step.in().stream().map(StepInput::name).toList();
    for (Loop.LoopInput input : loop.inputs()) {
      if (!names.contains(input.name())) {
        problems.error(
            input.position(),
            "the loop changes \""
                + input.name()
                + "\", which is not in \"in\" of the step."
                + NearestName.hint(input.name(), names));
      }
      for (String source : input.loopSource()) {
        if (!step.out().contains(source)) {
          problems.error(
              input.position(),
              "the loopSource \""
                  + source
                  + "\" is not in \"out\" of the step."
                  + NearestName.hint(source, step.out()));
        }
      }
    }
  }
}
