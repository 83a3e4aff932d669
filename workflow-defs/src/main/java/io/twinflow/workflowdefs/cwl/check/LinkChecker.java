package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.CwlType.Primitive;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.StepInput;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.value.NullValue;
import java.util.List;
import java.util.stream.Collectors;

/** Whether what flows along a link fits where it ends. */
final class LinkChecker {

  private final Workflow workflow;
  private final LinkTypes types;
  private final ProblemLog problems;

  LinkChecker(Workflow workflow, ProblemLog problems) {
    this.workflow = workflow;
    this.types = new LinkTypes(workflow);
    this.problems = problems;
  }

  void check(WorkflowStep step) {
    List<String> names = step.in().stream().map(StepInput::name).toList();
    if (!names.containsAll(step.scatter())) {
      return;
    }
    for (StepInput in : step.in()) {
      types.of(in.link()).ifPresent(type -> check(step, in, type));
      if (in.link().sources().isEmpty()) {
        checkDefault(step, in);
      }
    }
  }

  private void checkDefault(WorkflowStep step, StepInput in) {
    if (in.defaultValue() == null || in.valueFrom() != null || step.scatter().contains(in.name())) {
      return;
    }
    for (InputParameter input : step.run().inputs()) {
      if (input.name().equals(in.name())) {
        ValueTypes.mismatch(in.defaultValue(), input.type())
            .ifPresent(mismatch ->
                problems.warning(
                    in.position(),
                    "the default of \""
                        + in.name()
                        + mismatch.pathText()
                        + "\" does not fit "
                        + step.run().header().name()
                        + ": "
                        + mismatch.sentence()
                        + " A run that uses it fails."));
      }
    }
  }

  private void check(WorkflowStep step, StepInput in, CwlType linkType) {
    CwlType type = in.defaultValue() == null ? linkType : LinkTypes.withoutNull(linkType);
    boolean scattered = step.scatter().contains(in.name());
    if (scattered) {
      List<CwlType> items =
          Assignability.alternatives(type).stream()
              .filter(one -> one instanceof CwlType.ArrayType)
              .map(one -> ((CwlType.ArrayType) one).items())
              .toList();
      if (items.isEmpty()) {
        if (type != Primitive.ANY) {
          problems.error(
              position(in.link(), in.position()),
              "the step \""
                  + step.name()
                  + "\" scatters over \""
                  + in.name()
                  + "\", which needs an array; "
                  + sources(in.link())
                  + " gives "
                  + TypeText.of(type)
                  + ".");
        }
        return;
      }
      type = LinkTypes.union(items);
    }
    if (in.valueFrom() != null) {
      return;
    }
    for (InputParameter input : step.run().inputs()) {
      if (input.name().equals(in.name())) {
        CwlType expected =
            input.defaultValue() == null
                ? input.type()
                : LinkTypes.union(List.of(Primitive.NULL, input.type()));
        report(
            type,
            expected,
            in.link(),
            in.position(),
            "the input \"" + in.name() + "\" of the step \"" + step.name() + "\"",
            scattered ? "each item of " : "");
      }
    }
  }

  void checkOutputs() {
    for (int i = 0; i < workflow.outputs().size(); i++) {
      OutputParameter output = workflow.outputs().get(i);
      Link link = workflow.outputLinks().get(i);
      if (link.sources().isEmpty() && !ValueTypes.matches(NullValue.NULL, output.type())) {
        problems.warning(
            output.position(), "the output \"" + output.name() + "\" has no \"outputSource\".");
      }
      types
          .of(link)
          .ifPresent(type ->
              report(
                  type,
                  output.type(),
                  link,
                  output.position(),
                  "the output \"" + output.name() + "\"",
                  ""));
    }
  }

  private void report(
      CwlType type, CwlType expected, Link link, Position fallback, String what, String each) {
    Assignability fit = Assignability.of(type, expected);
    boolean listOfOne = link.isList() && link.sources().size() == 1 && link.linkMerge() == null;
    if (listOfOne && fit == Assignability.NEVER) {
      fit = Assignability.of(LinkTypes.array(type), expected);
    }
    if (fit == Assignability.ALWAYS || type == Primitive.ANY) {
      return;
    }
    String message =
        what
            + " expects "
            + TypeText.of(expected)
            + "; "
            + each
            + sources(link)
            + (fit == Assignability.NEVER ? " gives " : " may give ")
            + TypeText.of(type)
            + ".";
    if (fit == Assignability.NEVER) {
      problems.error(position(link, fallback), message);
    } else {
      problems.warning(position(link, fallback), message);
    }
  }

  private static String sources(Link link) {
    return link.sources().stream()
        .map(source ->
            switch (source) {
              case Link.Source.WorkflowInput input -> input.input();
              case Link.Source.StepOutput output -> output.step() + "/" + output.output();
            })
        .collect(Collectors.joining(", "));
  }

  private static Position position(Link link, Position fallback) {
    return link.sources().isEmpty() ? fallback : link.sources().getFirst().position();
  }
}
