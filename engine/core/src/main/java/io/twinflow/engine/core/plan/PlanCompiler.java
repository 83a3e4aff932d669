package io.twinflow.engine.core.plan;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.ExpressionTool;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.Operation;
import io.twinflow.workflowdefs.cwl.Requirement.InlineJavascript;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes the graph of a document: links to indices, requirements handed down. */
final class PlanCompiler {

  private static final int MAX_DEPTH = 64;

  private final WorkflowDocument document;
  private final FormatOntology ontology;

  /** A process under the same requirements is planned once, however often it is used. */
  private final IdentityHashMap<CwlProcess, Map<Requirements, PlannedProcess>> known =
      new IdentityHashMap<>();

  PlanCompiler(WorkflowDocument document) {
    this.document = document;
    this.ontology = document.ontology();
  }

  PlannedWorkflow compile() throws FailureException {
    CwlProcess process = document.process();
    Workflow root = process instanceof Workflow workflow ? workflow : SingleStep.around(process);
    return workflow(root, root.header().requirements(), 0);
  }

  private PlannedProcess process(CwlProcess process, Requirements outer, int depth)
      throws FailureException {
    Requirements effective = outer.inheritedBy(process.header().requirements());
    Map<Requirements, PlannedProcess> variants =
        known.computeIfAbsent(process, p -> new HashMap<>());
    PlannedProcess found = variants.get(effective);
    if (found == null) {
      found = plan(process, effective, depth);
      variants.put(effective, found);
    }
    return found;
  }

  private PlannedProcess plan(CwlProcess process, Requirements effective, int depth)
      throws FailureException {
    return switch (process) {
      case CommandLineTool tool ->
          new PlannedProcess.Tool(new PlannedTool(tool, effective, ontology));
      case ExpressionTool tool -> new PlannedProcess.Expression(tool, effective, ontology);
      case Workflow workflow -> workflow(workflow, effective, depth + 1);
      case Operation operation ->
          throw refuse(
              "plan.operation",
              "%s: '%s' is an Operation, the promise of a process; put a CommandLineTool, ExpressionTool or Workflow in its place to run it"
                  .formatted(operation.header().position(), operation.header().name()));
    };
  }

  private PlannedWorkflow workflow(Workflow workflow, Requirements effective, int depth)
      throws FailureException {
    if (depth > MAX_DEPTH) {
      throw refuse(
          "plan.depth",
          "%s: workflows are nested more than %d deep"
              .formatted(workflow.header().position(), MAX_DEPTH));
    }
    Map<String, Integer> indices = new HashMap<>();
    for (WorkflowStep step : workflow.steps()) {
      indices.put(step.name(), indices.size());
    }
    List<List<ResolvedLink>> links = new ArrayList<>();
    List<SortedSet<Integer>> upstream = new ArrayList<>();
    List<SortedSet<Integer>> consumers = new ArrayList<>();
    workflow.steps().forEach(step -> consumers.add(new TreeSet<>()));
    for (WorkflowStep step : workflow.steps()) {
      List<ResolvedLink> resolved =
          step.in().stream().map(in -> resolve(in.link(), indices)).toList();
      SortedSet<Integer> needs = new TreeSet<>();
      resolved.forEach(link -> link.sources().forEach(source -> needs.add(source.step())));
      needs.remove(ResolvedLink.Source.WORKFLOW_INPUT);
      int index = links.size();
      needs.forEach(needed -> consumers.get(needed).add(index));
      links.add(resolved);
      upstream.add(needs);
    }
    List<PlannedStep> steps = new ArrayList<>();
    for (WorkflowStep step : workflow.steps()) {
      int index = steps.size();
      refuseLoopingScatter(step);
      Requirements forStep = effective.inheritedBy(step.requirements());
      steps.add(
          new PlannedStep(
              index,
              step,
              process(step.run(), forStep, depth),
              links.get(index),
              upstream.get(index).size(),
              List.copyOf(consumers.get(index)),
              forStep
                  .find(InlineJavascript.class)
                  .map(InlineJavascript::expressionLib)
                  .orElse(null)));
    }
    return new PlannedWorkflow(
        workflow,
        effective,
        ontology,
        steps,
        workflow.outputLinks().stream().map(link -> resolve(link, indices)).toList());
  }

  private static void refuseLoopingScatter(WorkflowStep step) throws FailureException {
    if (step.loop() != null && (!step.scatter().isEmpty() || step.when() != null)) {
      throw refuse(
          "plan.loop",
          "%s: step '%s' has a loop and also %s; put the loop into a sub-workflow"
              .formatted(step.position(), step.name(), step.when() == null ? "scatter" : "when"));
    }
  }

  private static ResolvedLink resolve(Link link, Map<String, Integer> indices) {
    List<ResolvedLink.Source> sources = new ArrayList<>();
    for (Link.Source source : link.sources()) {
      sources.add(
          switch (source) {
            case Link.Source.WorkflowInput input ->
                new ResolvedLink.Source(ResolvedLink.Source.WORKFLOW_INPUT, input.input());
            case Link.Source.StepOutput output ->
                new ResolvedLink.Source(index(indices, output), output.output());
          });
    }
    return new ResolvedLink(link, sources);
  }

  private static int index(Map<String, Integer> indices, Link.Source.StepOutput output) {
    Integer index = indices.get(output.step());
    if (index == null) {
      throw new IllegalArgumentException(
          "%s: no step '%s'; the checker lets no such document through"
              .formatted(output.position(), output.step()));
    }
    return index;
  }

  private static FailureException refuse(String code, String message) {
    return new FailureException(new Failure(FailureKind.USER, code, message));
  }
}
