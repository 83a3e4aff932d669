package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.CwlType.Primitive;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.cwl.WorkflowStep.ScatterMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types of what flows along the links of one workflow. */
final class LinkTypes {

  private final Map<String, InputParameter> inputs = new HashMap<>();
  private final Map<String, WorkflowStep> steps = new HashMap<>();

  LinkTypes(Workflow workflow) {
    workflow.inputs().forEach(input -> inputs.put(input.name(), input));
    workflow.steps().forEach(step -> steps.put(step.name(), step));
  }

  /** Empty where nothing is known. */
  Optional<CwlType> of(Link link) {
    List<CwlType> types = new ArrayList<>();
    for (Link.Source source : link.sources()) {
      Optional<CwlType> type = of(source);
      if (type.isEmpty()) {
        return Optional.empty();
      }
      types.add(type.get());
    }
    if (types.isEmpty()) {
      return Optional.empty();
    }
    CwlType merged = merged(link, types);
    return link.pickValue() == null ? Optional.of(merged) : picked(merged, link.pickValue());
  }

  private static CwlType merged(Link link, List<CwlType> types) {
    if (types.size() == 1 && link.linkMerge() == null) {
      return types.getFirst();
    }
    if (link.linkMerge() == Link.LinkMerge.MERGE_FLATTENED) {
      return array(union(types.stream().flatMap(t -> flattened(t).stream()).toList()));
    }
    return array(union(types));
  }

  private static List<CwlType> flattened(CwlType type) {
    return Assignability.alternatives(type).stream()
        .map(one -> one instanceof CwlType.ArrayType array ? array.items() : one)
        .toList();
  }

  private static Optional<CwlType> picked(CwlType merged, Link.PickValue pick) {
    if (!(merged instanceof CwlType.ArrayType array)) {
      return Optional.empty();
    }
    CwlType items = withoutNull(array.items());
    return Optional.of(pick == Link.PickValue.ALL_NON_NULL ? array(items) : items);
  }

  private Optional<CwlType> of(Link.Source source) {
    return switch (source) {
      case Link.Source.WorkflowInput input ->
          Optional.ofNullable(inputs.get(input.input()))
              .map(p -> p.defaultValue() == null ? p.type() : withoutNull(p.type()));
      case Link.Source.StepOutput output ->
          Optional.ofNullable(steps.get(output.step())).flatMap(s -> of(s, output.output()));
    };
  }

  private static Optional<CwlType> of(WorkflowStep step, String output) {
    Optional<CwlType> type =
        step.run().outputs().stream()
            .filter(out -> out.name().equals(output))
            .map(OutputParameter::type)
            .findFirst();
    return type.map(t -> {
      CwlType one = step.when() == null ? t : union(List.of(Primitive.NULL, t));
      if (step.loop() != null) {
        return step.loop().outputMethod() == Loop.OutputMethod.ALL
            ? array(one)
            : union(List.of(Primitive.NULL, one));
      }
      int depth = step.scatter().isEmpty() ? 0 : 1;
      if (step.scatterMethod() == ScatterMethod.NESTED_CROSSPRODUCT) {
        depth = step.scatter().size();
      }
      for (int i = 0; i < depth; i++) {
        one = array(one);
      }
      return one;
    });
  }

  static CwlType array(CwlType items) {
    return new CwlType.ArrayType(items, null, null);
  }

  static CwlType union(List<CwlType> types) {
    Set<CwlType> alternatives = new LinkedHashSet<>();
    types.forEach(type -> alternatives.addAll(Assignability.alternatives(type)));
    return alternatives.size() == 1
        ? alternatives.iterator().next()
        : new CwlType.UnionType(List.copyOf(alternatives));
  }

  static CwlType withoutNull(CwlType type) {
    List<CwlType> others =
        Assignability.alternatives(type).stream().filter(t -> t != Primitive.NULL).toList();
    return others.isEmpty() ? type : union(others);
  }
}
