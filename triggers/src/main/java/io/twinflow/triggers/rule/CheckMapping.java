package io.twinflow.triggers.rule;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.check.ValueTypes;
import io.twinflow.workflowdefs.cwl.check.ValueTypes.Mismatch;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.source.ScalarNode;
import io.twinflow.workflowdefs.value.NodeContext;
import io.twinflow.workflowdefs.value.NodeValues;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the inputs that a trigger makes fit its workflow, as far as that is told without an
 * event.
 */
public final class CheckMapping {

  private final Position where;
  private final Mapping mapping;
  private final CwlProcess process;
  private final List<Problem> problems = new ArrayList<>();

  private CheckMapping(Position where, Mapping mapping, CwlProcess process) {
    this.where = where;
    this.mapping = mapping;
    this.process = process;
  }

  /** All that is wrong, each with its place. */
  public static List<Problem> of(TriggerRule rule, CwlProcess process) {
    return of(rule.workflowPlace(), rule.mapping(), process);
  }

  /** The same of what looks at its data. */
  public static List<Problem> of(Check rule, CwlProcess process) {
    return of(rule.workflowPlace(), rule.mapping(), process);
  }

  private static List<Problem> of(Position where, Mapping mapping, CwlProcess process) {
    CheckMapping check = new CheckMapping(where, mapping, process);
    check.names();
    process.inputs().forEach(check::input);
    return check.problems;
  }

  private void names() {
    List<String> names = process.inputs().stream().map(InputParameter::name).toList();
    mapping
        .inputs()
        .entries()
        .forEach((name, entry) -> {
          if (!names.contains(name)) {
            problems.add(
                Problem.error(
                    entry.keyPosition(),
                    "\"%s\" is no input of the workflow.%s"
                        .formatted(name, NearestName.hint(name, names))));
          }
        });
  }

  private void input(InputParameter input) {
    MapNode.Entry entry = mapping.inputs().entries().get(input.name());
    if (entry == null) {
      if (input.defaultValue() == null && !ValueTypes.matches(NullValue.NULL, input.type())) {
        problems.add(
            Problem.error(
                where,
                "the workflow's input \"%s\" has no value: give it one among inputs."
                    .formatted(input.name())));
      }
      return;
    }
    mismatch(entry.value(), input.type())
        .ifPresent(mismatch ->
            problems.add(
                Problem.error(
                    entry.value().position(),
                    "the input \"%s%s\": %s"
                        .formatted(input.name(), mismatch.pathText(), mismatch.sentence()))));
  }

  private Optional<Mismatch> mismatch(Node node, CwlType type) {
    if (!Mapping.isMade(node)) {
      ProblemLog log = new ProblemLog();
      Value value = new NodeValues(NodeContext.of("trigger:/"), log).value(node);
      problems.addAll(log.all());
      return ValueTypes.mismatch(value, type);
    }
    boolean isText = node instanceof ScalarNode scalar && !scalar.text().strip().startsWith("$");
    return isText ? ValueTypes.mismatch(new StringValue(""), type) : Optional.empty();
  }
}
