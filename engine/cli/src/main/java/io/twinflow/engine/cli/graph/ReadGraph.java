package io.twinflow.engine.cli.graph;

import io.twinflow.engine.cli.display.Words;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.ExpressionTool;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.Operation;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.cwl.check.TypeText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A process to its picture. */
public final class ReadGraph {

  private static final int MOST_TYPE = 32;

  /** The last part of the name of a process that stands in its step and has no id. */
  private static final String UNNAMED = "run";

  private ReadGraph() {}

  public static Graph of(CwlProcess process) {
    return process instanceof Workflow workflow ? workflow(workflow, "n") : single(process);
  }

  private static Graph single(CwlProcess process) {
    List<Graph.Node> nodes = new ArrayList<>();
    List<Graph.Edge> edges = new ArrayList<>();
    nodes.add(new Graph.Node("n_p", process.header().name(), "", kind(process), List.of(), null));
    for (int i = 0; i < process.inputs().size(); i++) {
      nodes.add(input("n_i" + i, process.inputs().get(i)));
      edges.add(new Graph.Edge("n_i" + i, "n_p"));
    }
    for (int i = 0; i < process.outputs().size(); i++) {
      var output = process.outputs().get(i);
      nodes.add(output("n_o" + i, output.name(), output.type()));
      edges.add(new Graph.Edge("n_p", "n_o" + i));
    }
    return new Graph(process.header().name(), nodes, edges);
  }

  private static Graph workflow(Workflow workflow, String prefix) {
    List<Graph.Node> nodes = new ArrayList<>();
    Set<Graph.Edge> edges = new LinkedHashSet<>();
    List<String> inputs = workflow.inputs().stream().map(InputParameter::name).toList();
    List<String> steps = workflow.steps().stream().map(WorkflowStep::name).toList();
    IntStream.range(0, inputs.size())
        .forEach(i -> nodes.add(input(prefix + "_i" + i, workflow.inputs().get(i))));
    for (int i = 0; i < steps.size(); i++) {
      WorkflowStep step = workflow.steps().get(i);
      String id = prefix + "_s" + i;
      nodes.add(step(id, step));
      step.in().forEach(in -> arrows(in.link(), prefix, inputs, steps, id, edges));
    }
    for (int i = 0; i < workflow.outputs().size(); i++) {
      var output = workflow.outputs().get(i);
      String id = prefix + "_o" + i;
      nodes.add(output(id, output.name(), output.type()));
      arrows(workflow.outputLinks().get(i), prefix, inputs, steps, id, edges);
    }
    return new Graph(workflow.header().name(), nodes, List.copyOf(edges));
  }

  private static void arrows(
      Link link,
      String prefix,
      List<String> inputs,
      List<String> steps,
      String to,
      Set<Graph.Edge> edges) {
    for (Link.Source source : link.sources()) {
      String from =
          switch (source) {
            case Link.Source.WorkflowInput input -> prefix + "_i" + inputs.indexOf(input.input());
            case Link.Source.StepOutput output -> prefix + "_s" + steps.indexOf(output.step());
          };
      edges.add(new Graph.Edge(from, to));
    }
  }

  private static Graph.Node input(String id, InputParameter input) {
    return new Graph.Node(id, input.name(), type(input.type()), Graph.Kind.INPUT, List.of(), null);
  }

  private static Graph.Node output(String id, String name, CwlType type) {
    return new Graph.Node(id, name, type(type), Graph.Kind.OUTPUT, List.of(), null);
  }

  private static Graph.Node step(String id, WorkflowStep step) {
    List<String> marks = new ArrayList<>();
    if (!step.scatter().isEmpty()) {
      marks.add("scatter");
    }
    if (step.when() != null) {
      marks.add("when");
    }
    if (step.loop() != null) {
      marks.add("loop");
    }
    String whole = step.run().header().name();
    String run = whole.substring(whole.lastIndexOf('/') + 1);
    return new Graph.Node(
        id,
        step.name(),
        run.equals(step.name()) || run.equals(UNNAMED) ? "" : run,
        kind(step.run()),
        marks,
        step.run() instanceof Workflow inner ? workflow(inner, id) : null);
  }

  private static String type(CwlType type) {
    return switch (type) {
      case CwlType.RecordType record -> "record";
      case CwlType.EnumType symbols -> "enum";
      case CwlType.ArrayType array -> type(array.items()) + "[]";
      case CwlType.Primitive primitive -> primitive.cwlName();
      case CwlType.UnionType union -> Words.fit(TypeText.of(union), MOST_TYPE);
    };
  }

  private static Graph.Kind kind(CwlProcess process) {
    return switch (process) {
      case CommandLineTool tool -> Graph.Kind.TOOL;
      case ExpressionTool tool -> Graph.Kind.EXPRESSION;
      case Operation operation -> Graph.Kind.OPERATION;
      case Workflow workflow -> Graph.Kind.WORKFLOW;
    };
  }
}
