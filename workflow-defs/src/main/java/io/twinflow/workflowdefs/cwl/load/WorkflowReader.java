package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.OutputBinding;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Workflow: inputs, steps, and where its outputs come from. */
final class WorkflowReader {

  private final ProcessContext context;
  private final ProcessReader processes;

  WorkflowReader(ProcessContext context, ProcessReader processes) {
    this.context = context;
    this.processes = processes;
  }

  Workflow read() {
    Fields fields = context.fields();
    List<InputParameter> inputs = context.parameters(true).inputs(fields, null);
    fields.required("steps");
    List<MapNode> stepMaps = fields.items("steps", "id", null);
    LinkReader links =
        new LinkReader(
            context.reading(),
            context.version(),
            Iri.fragment(context.header().id()),
            inputs.stream()
                .map(InputParameter::name)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new)),
            outputsBySteps(stepMaps));
    List<WorkflowStep> steps = new ArrayList<>(stepMaps.size());
    StepReader reader = new StepReader(context, processes, links);
    for (MapNode map : stepMaps) {
      steps.add(reader.read(map));
    }
    List<Link> outputLinks = new ArrayList<>();
    List<OutputParameter> outputs =
        context.parameters(false).outputs(fields, new LinkedOutputs(links, outputLinks));
    return new Workflow(context.header(), inputs, outputs, outputLinks, steps);
  }

  private Map<String, List<String>> outputsBySteps(List<MapNode> stepMaps) {
    Map<String, List<String>> outputs = new LinkedHashMap<>();
    for (MapNode step : stepMaps) {
      String id = step.string("id");
      if (id != null) {
        String name = Names.last(id);
        if (outputs.put(name, outNames(step)) != null) {
          context
              .reading()
              .error(step.position(), "the step \"" + name + "\" stands twice; ids are unique.");
        }
      }
    }
    return outputs;
  }

  static List<String> outNames(MapNode step) {
    List<String> names = new ArrayList<>();
    if (step.get("out") instanceof ListNode list) {
      for (Node item : list.items()) {
        String name = outName(item);
        if (name != null) {
          names.add(name);
        }
      }
    }
    return names;
  }

  static @Nullable String outName(Node item) {
    String id =
        switch (item) {
          case ScalarNode scalar -> scalar.kind() == ScalarNode.Kind.STRING ? scalar.text() : null;
          case MapNode map -> map.string("id");
          case ListNode _ -> null;
        };
    return id == null ? null : Names.last(id);
  }

  /** Workflow outputs have links instead of bindings. */
  private record LinkedOutputs(LinkReader links, List<Link> found)
      implements ParameterReader.OutputFields {
    @Override
    public @Nullable OutputBinding shortcut(@Nullable Node type, MapNode output) {
      return null;
    }

    @Override
    public void more(Fields fields) {
      found.add(links.read(fields, "outputSource"));
    }
  }
}
