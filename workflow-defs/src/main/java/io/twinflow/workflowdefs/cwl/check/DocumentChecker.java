package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.expression.ExpressionSyntax;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.HashSet;
import java.util.IdentityHashMap;
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

  private final boolean alone;
  private final ProblemLog problems;
  private final Set<Requirement.InlineJavascript> libraries = new HashSet<>();
  private final IdentityHashMap<CwlProcess, Set<Requirements>> seen = new IdentityHashMap<>();

  private DocumentChecker(boolean alone, ProblemLog problems) {
    this.alone = alone;
    this.problems = problems;
  }

  /**
   * Adds to the log what does not fit, for the process and all it runs.
   *
   * @param alone whether the process is run as it is, and not as a part of another workflow that
   *     may bring requirements
   */
  public static void check(CwlProcess process, boolean alone, ProblemLog problems) {
    new DocumentChecker(alone, problems).check(process, Requirements.NONE);
  }

  /** Whether nothing is known about the process, so that nothing more is to be said about it. */
  public static boolean isUnread(CwlProcess process) {
    return process.header().id().startsWith(UNREAD);
  }

  private void check(CwlProcess process, Requirements around) {
    Requirements inherited = around.inheritedBy(process.header().requirements());
    if (!seen.computeIfAbsent(process, p -> new HashSet<>()).add(inherited)) {
      return;
    }
    defaults(process);
    secrets(process);
    expressions(ExpressionTexts.of(process), inherited);
    if (process instanceof Workflow workflow) {
      workflow(workflow, inherited);
    }
  }

  private void workflow(Workflow workflow, Requirements inherited) {
    FeatureChecker features = new FeatureChecker(inherited, alone, problems);
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
      if (alone || javascript.isPresent()) {
        problems.addAll(found);
      } else {
        found.forEach(problem -> problems.warning(problem.position(), problem.message()));
      }
    }
    javascript
        .filter(found -> !found.expressionLib().isEmpty() && libraries.add(found))
        .ifPresent(found ->
            problems.addAll(
                ExpressionSyntax.libraryProblems(found.expressionLib(), found.position())));
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
                        + mismatch.message()
                        + ". A run that uses it fails."));
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
