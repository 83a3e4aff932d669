package io.twinflow.triggers.rule;

import io.twinflow.workflowdefs.expression.ExpressionSyntax;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a trigger gives a table what it needs, and takes of it what it has. */
public final class CheckDecision {

  private final List<Problem> problems = new ArrayList<>();

  private CheckDecision() {}

  /**
   * All that is wrong, each with its place.
   *
   * @param inputs the names of what the table needs
   * @param outputs the names of what it tells
   */
  public static List<Problem> of(
      TriggerRule rule, Decide decide, List<String> inputs, List<String> outputs) {
    CheckDecision check = new CheckDecision();
    check.inputs(decide, inputs);
    for (Mapping mapping : rule.decided()) {
      mapping.references(Decide.WORD).forEach(used -> check.output(used, outputs));
    }
    return check.problems;
  }

  /** Nothing is decided here, so nothing can be taken of it. */
  static List<Problem> ofNone(Mapping mapping) {
    CheckDecision check = new CheckDecision();
    for (ExpressionSyntax.Used used : mapping.references(Decide.WORD)) {
      check.problems.add(
          Problem.error(
              used.position(),
              "$(decision.%s): nothing is decided before this. Write decide: with the decision and its inputs."
                  .formatted(used.field())));
    }
    return check.problems;
  }

  private void inputs(Decide decide, List<String> names) {
    Map<String, MapNode.Entry> given = decide.mapping().inputs().entries();
    given.forEach((name, entry) -> {
      if (!names.contains(name)) {
        problems.add(
            Problem.error(
                entry.keyPosition(),
                "\"%s\" is no input of the decision, which needs %s.%s"
                    .formatted(name, list(names), NearestName.hint(name, names))));
      }
    });
    for (String name : names) {
      if (!given.containsKey(name)) {
        problems.add(
            Problem.error(
                decide.decisionPlace(),
                "the decision's input \"%s\" has no value: give it one among decide.inputs, null if there is none."
                    .formatted(name)));
      }
    }
  }

  private void output(ExpressionSyntax.Used used, List<String> names) {
    if (!names.contains(used.field())) {
      problems.add(
          Problem.error(
              used.position(),
              "\"%s\" is no output of the decision, which tells %s.%s"
                  .formatted(used.field(), list(names), NearestName.hint(used.field(), names))));
    }
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "nothing" : String.join(", ", names);
  }
}
