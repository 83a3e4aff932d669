package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.ExpressionTool;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.MissingRequirement;
import io.twinflow.workflowdefs.cwl.Operation;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.expression.ExpressionSyntax;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks how the parts of a definition fit together; what each part says was checked before. */
public final class DocumentChecker {

  /**
   * The ids of processes and the names of sources that could not be read begin like this; nothing
   * is known about them. No document with one of them is ever returned.
   */
  public static final String UNREAD = "unread:";

  /**
   * Entries of processes, counted once for each set of requirements under which a process is used:
   * a few lines that use each other under different requirements would otherwise be checked, and
   * planned, more often than there is time for.
   */
  private static final int MOST_ENTRIES = 300_000;

  private final ProblemLog problems;
  private final Set<MissingRequirement> missing = new LinkedHashSet<>();
  private final Set<Requirement.InlineJavascript> libraries = new HashSet<>();
  private final IdentityHashMap<CwlProcess, Set<Requirements>> seen = new IdentityHashMap<>();

  private long entries;

  private DocumentChecker(ProblemLog problems) {
    this.problems = problems;
  }

  /**
   * Adds to the log what does not fit, for the process and all it runs.
   *
   * @return what is right only inside a workflow that brings requirements
   */
  public static List<MissingRequirement> check(CwlProcess process, ProblemLog problems) {
    DocumentChecker checker = new DocumentChecker(problems);
    checker.check(process, Requirements.NONE);
    return List.copyOf(checker.missing);
  }

  /** Whether nothing is known about the process, so that nothing more is to be said about it. */
  public static boolean isUnread(CwlProcess process) {
    return process.header().id().startsWith(UNREAD);
  }

  private void check(CwlProcess process, Requirements around) {
    if (isUnread(process)) {
      return;
    }
    Requirements inherited = around.inheritedBy(process.header().requirements());
    if (!seen.computeIfAbsent(process, p -> new HashSet<>()).add(inherited)) {
      return;
    }
    if (isTooMuch(process)) {
      return;
    }
    defaults(process);
    secrets(process);
    expressions(ExpressionTexts.of(process), inherited);
    switch (process) {
      case Workflow workflow -> workflow(workflow, inherited);
      case Operation operation ->
          problems.warning(
              operation.header().position(),
              "an Operation is the promise of a process: what holds it can be checked and drawn, not"
                  + " run.");
      case CommandLineTool _, ExpressionTool _ -> {}
    }
  }

  private boolean isTooMuch(CwlProcess process) {
    boolean before = entries > MOST_ENTRIES;
    entries += 1 + process.inputs().size() + process.outputs().size();
    if (process instanceof Workflow workflow) {
      for (WorkflowStep step : workflow.steps()) {
        entries += 1 + step.in().size() + step.out().size();
      }
    }
    boolean after = entries > MOST_ENTRIES;
    if (after && !before) {
      problems.error(
          process.header().position(),
          "the definition is too large: with this process, %,d steps, inputs and outputs are used under one set of requirements or another; the bound is %,d. Give the requirements where all of its steps are, not to each step."
              .formatted(entries, MOST_ENTRIES));
    }
    return after;
  }

  private void workflow(Workflow workflow, Requirements inherited) {
    FeatureChecker features = new FeatureChecker(inherited, missing);
    StepChecker steps = new StepChecker(problems);
    LinkChecker links = new LinkChecker(workflow, problems);
    for (WorkflowStep step : workflow.steps()) {
      features.check(step);
      steps.check(step);
      links.check(step);
      Requirements atStep = inherited.inheritedBy(step.requirements());
      expressions(ExpressionTexts.of(step), atStep);
      check(step.run(), atStep);
    }
    features.checkOutputs(workflow);
    links.checkOutputs();
    CycleFinder.check(workflow, problems);
  }

  private void expressions(List<ExpressionText> texts, Requirements inherited) {
    Optional<Requirement.InlineJavascript> javascript =
        inherited.find(Requirement.InlineJavascript.class);
    for (ExpressionText text : texts) {
      List<Problem> found = ExpressionSyntax.problems(text, javascript.isPresent(), List.of());
      if (found.isEmpty()) {
        continue;
      }
      if (javascript.isPresent() || !ExpressionSyntax.problems(text, true, List.of()).isEmpty()) {
        // What is no JavaScript either is wrong whatever a workflow around brings.
        problems.addAll(found);
      } else {
        found.forEach(this::needsJavascript);
      }
    }
    javascript
        .filter(found -> !found.expressionLib().isEmpty() && libraries.add(found))
        .ifPresent(found ->
            problems.addAll(
                ExpressionSyntax.libraryProblems(found.expressionLib(), found.position())));
  }

  private void needsJavascript(Problem problem) {
    missing.add(
        new MissingRequirement(
            "InlineJavascriptRequirement", problem.position(), problem.message()));
  }

  private void defaults(CwlProcess process) {
    for (InputParameter input : process.inputs()) {
      if (input.defaultValue() != null) {
        ValueTypes.mismatch(input.defaultValue(), input.type())
            .ifPresent(mismatch ->
                problems.warning(
                    input.position(),
                    "the default of the input \""
                        + input.name()
                        + mismatch.pathText()
                        + "\" does not have its type: "
                        + mismatch.sentence()
                        + " A run that uses it fails."));
      }
    }
  }

  private void secrets(CwlProcess process) {
    process
        .header()
        .requirements()
        .find(Requirement.Secrets.class)
        .ifPresent(secrets -> new SecretNames(problems).check(secrets, process.inputs()));
  }
}
