package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.load.JobDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.source.ScalarNode;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Fits an input object to the inputs of a process: all that is wrong with it is told at once. */
public final class InputObjectChecker {

  private InputObjectChecker() {}

  /**
   * @throws InvalidDefinitionException with every missing, unknown and ill-typed input
   */
  public static CheckedInputs check(CwlProcess process, JobDocument job)
      throws InvalidDefinitionException {
    MapNode node = job.inputs();
    CheckedInputs checked =
        check(process, job.values(), node.position(), path -> position(node, path), job.problems());
    return new CheckedInputs(checked.inputs(), job.requirements(), checked.warnings());
  }

  /**
   * @param where the input object as a whole, for what is missing
   * @param position the place of a value by its path: the input's name, then fields and indexes
   */
  public static CheckedInputs check(
      CwlProcess process,
      RecordValue values,
      Position where,
      Function<List<Object>, Position> position)
      throws InvalidDefinitionException {
    return check(process, values, where, position, new ProblemLog());
  }

  private static CheckedInputs check(
      CwlProcess process,
      RecordValue values,
      Position where,
      Function<List<Object>, Position> position,
      ProblemLog problems)
      throws InvalidDefinitionException {
    List<String> names = process.inputs().stream().map(InputParameter::name).toList();
    List<String> unknown =
        values.fields().keySet().stream().filter(name -> !names.contains(name)).toList();
    Map<String, Value> inputs = new LinkedHashMap<>();
    for (InputParameter input : process.inputs()) {
      Value value = values.get(input.name());
      if (value == NullValue.NULL && input.defaultValue() != null) {
        value = input.defaultValue();
      }
      inputs.put(input.name(), value);
      boolean given = values.fields().containsKey(input.name());
      if (value == NullValue.NULL && !given && !ValueTypes.matches(value, input.type())) {
        problems.error(
            where,
            "the input \""
                + input.name()
                + "\" ("
                + TypeText.of(input.type())
                + ") is missing."
                + NearestName.of(input.name(), unknown)
                    .map(near -> " Is it meant by \"" + near + "\"?")
                    .orElse(""));
      } else if (given) {
        mismatch(input, value, position, problems);
      }
    }
    for (String name : unknown) {
      problems.warning(
          position.apply(List.of(name)),
          "\""
              + name
              + "\" is no input of this process and is ignored."
              + NearestName.hint(name, names));
    }
    problems.throwIfAny();
    return new CheckedInputs(new RecordValue(inputs), List.of(), problems.warnings());
  }

  private static void mismatch(
      InputParameter input,
      Value value,
      Function<List<Object>, Position> position,
      ProblemLog problems) {
    ValueTypes.mismatch(value, input.type())
        .ifPresent(mismatch -> {
          List<Object> path = new ArrayList<>(List.of(input.name()));
          path.addAll(mismatch.path());
          problems.error(
              position.apply(path),
              "the input \"" + input.name() + mismatch.pathText() + "\": " + mismatch.sentence());
        });
  }

  private static Position position(Node root, List<Object> path) {
    Node node = root;
    for (Object part : path) {
      Node next =
          switch (node) {
            case MapNode map -> {
              MapNode.Entry entry = map.entries().get(String.valueOf(part));
              yield entry == null ? null : entry.value();
            }
            case ListNode list ->
                part instanceof Integer index && index < list.items().size()
                    ? list.items().get(index)
                    : null;
            case ScalarNode _ -> null;
          };
      if (next == null) {
        return node.position();
      }
      node = next;
    }
    return node.position();
  }
}
