package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.LoadListing;
import io.twinflow.workflowdefs.cwl.Operation;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.StepInput;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.cwl.WorkflowStep.ScatterMethod;
import io.twinflow.workflowdefs.cwl.check.DocumentChecker;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step of a workflow and what it runs. */
final class StepReader {

  private static final Map<String, ScatterMethod> METHODS =
      Map.of(
          "dotproduct", ScatterMethod.DOTPRODUCT,
          "nested_crossproduct", ScatterMethod.NESTED_CROSSPRODUCT,
          "flat_crossproduct", ScatterMethod.FLAT_CROSSPRODUCT);

  private final ProcessContext workflow;
  private final Reading reading;
  private final ProcessReader processes;
  private final LinkReader links;

  StepReader(ProcessContext workflow, ProcessReader processes, LinkReader links) {
    this.workflow = workflow;
    this.reading = workflow.reading();
    this.processes = processes;
    this.links = links;
  }

  WorkflowStep read(MapNode map) {
    Fields fields = new Fields(map, "step", reading);
    fields.required("id");
    String id = fields.string("id");
    String name = id == null ? "" : Names.last(id);
    RequirementsReader.Found requirements =
        new RequirementsReader(reading, workflow.version()).read(fields);
    List<StepInput> inputs = inputs(fields);
    CwlProcess run = run(fields, name, requirements);
    out(fields, name, run);
    List<String> scatter = scatter(fields, name, inputs);
    ScatterMethod method = fields.symbol("scatterMethod", METHODS);
    if (scatter.size() > 1 && method == null && !map.has("scatterMethod")) {
      reading.error(
          fields.position("scatter"),
          "the step scatters over several inputs and needs \"scatterMethod\": dotproduct,"
              + " nested_crossproduct or flat_crossproduct.");
    }
    WorkflowStep step =
        new WorkflowStep(
            name,
            fields.string("label"),
            fields.text("doc"),
            inputs,
            WorkflowReader.outNames(map),
            run,
            workflow.version() == CwlVersion.V1_2 ? when(fields) : null,
            scatter,
            method == null ? ScatterMethod.DOTPRODUCT : method,
            requirements.loop(),
            requirements.requirements(),
            map.position());
    fields.done();
    return step;
  }

  private @Nullable ExpressionText when(Fields fields) {
    return fields.expression("when");
  }

  private void out(Fields fields, String step, CwlProcess run) {
    Node out = fields.required("out");
    if (!(out instanceof ListNode list)) {
      if (out != null) {
        fields.wrong("out", out, "a list of names of outputs");
      }
      return;
    }
    List<String> names = run.outputs().stream().map(OutputParameter::name).toList();
    for (Node item : list.items()) {
      String name = WorkflowReader.outName(item);
      if (name == null) {
        fields.wrong("out", item, "the name of an output");
      } else if (!names.contains(name) && !DocumentChecker.isUnread(run)) {
        reading.error(
            item.position(),
            "\""
                + name
                + "\" in \"out\" of the step \""
                + step
                + "\" is no output of "
                + run.header().name()
                + (names.isEmpty() ? ", which has none." : ": " + String.join(", ", names) + ".")
                + NearestName.hint(name, names));
      }
    }
  }

  private List<String> scatter(Fields fields, String step, List<StepInput> inputs) {
    List<String> names = inputs.stream().map(StepInput::name).toList();
    List<String> scatter = new ArrayList<>();
    for (ExpressionText item : fields.expressions("scatter")) {
      String name = Names.last(item.text());
      scatter.add(name);
      if (!names.contains(name)) {
        reading.error(
            item.position(),
            "the step \""
                + step
                + "\" scatters over \""
                + name
                + "\", which is not in its \"in\"."
                + NearestName.hint(name, names));
      }
    }
    return scatter;
  }

  private List<StepInput> inputs(Fields fields) {
    fields.required("in");
    List<StepInput> inputs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (MapNode map : fields.items("in", "id", "source")) {
      Fields input = new Fields(map, "step input", reading);
      input.required("id");
      String id = input.string("id");
      String name = id == null ? "" : Names.last(id);
      if (!names.add(name)) {
        reading.error(map.position(), "the input \"" + name + "\" stands twice in this step.");
      }
      Node defaultNode = input.node("default");
      boolean loads = workflow.version() != CwlVersion.V1_0;
      LoadListing listing = loads ? input.symbol("loadListing", ParameterParts.LISTINGS) : null;
      inputs.add(
          new StepInput(
              name,
              links.read(input, "source"),
              defaultNode == null ? null : reading.values().value(defaultNode),
              input.expression("valueFrom"),
              loads && input.bool("loadContents", false),
              listing,
              loads ? input.string("label") : null,
              map.position()));
      input.done();
    }
    return inputs;
  }

  private CwlProcess run(Fields fields, String step, RequirementsReader.Found requirements) {
    Scope scope = scope(requirements);
    Node run = fields.required("run");
    CwlProcess process =
        switch (run) {
          case null -> null;
          case MapNode map ->
              processes.read(map, embeddedIri(map, step), null, scope, workflow.named());
          case ScalarNode scalar when scalar.kind() == ScalarNode.Kind.STRING -> {
            String base = reading.documents().base(scalar.position());
            yield processes.refer(Iri.resolve(base, scalar.text()), scalar.position(), scope);
          }
          case ScalarNode _, ListNode _ -> {
            fields.wrong("run", run, "a file, a URL, a #fragment or a process");
            yield null;
          }
        };
    return process == null ? unread(fields, step) : process;
  }

  private String embeddedIri(MapNode map, String step) {
    String id = map.string("id");
    if (id != null && id.startsWith("#")) {
      return Iri.withoutFragment(workflow.header().id()) + id;
    }
    return ProcessReader.innerIri(
        workflow.header().id(), step + "/" + (id == null ? "run" : Names.last(id)));
  }

  private Scope scope(RequirementsReader.Found requirements) {
    Scope inner = workflow.inner();
    return new Scope(
        inner.version(),
        requirements
            .requirements()
            .find(Requirement.LoadListingDefault.class)
            .map(Requirement.LoadListingDefault::loadListing)
            .orElse(inner.listing()),
        requirements
            .requirements()
            .find(Requirement.InlineJavascript.class)
            .map(Requirement.InlineJavascript::expressionLib)
            .orElse(inner.expressionLib()));
  }

  /** Stands where nothing could be read, so that the rest can still be looked at. */
  private Operation unread(Fields fields, String step) {
    return new Operation(
        new CwlProcess.Header(
            DocumentChecker.UNREAD + step,
            step,
            null,
            null,
            workflow.header().cwlVersion(),
            List.of(),
            io.twinflow.workflowdefs.cwl.Requirements.NONE,
            fields.map().position()),
        List.of(),
        List.of());
  }
}
