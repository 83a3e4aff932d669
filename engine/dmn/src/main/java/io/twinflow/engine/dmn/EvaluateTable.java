package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.DecisionTable.Cell;
import io.twinflow.engine.dmn.DecisionTable.Input;
import io.twinflow.engine.dmn.DecisionTable.Output;
import io.twinflow.engine.dmn.DecisionTable.Result;
import io.twinflow.engine.dmn.DecisionTable.Rule;
import io.twinflow.engine.dmn.feel.Impossible;
import io.twinflow.engine.dmn.feel.Scope;
import io.twinflow.engine.dmn.feel.UnaryTests;
import io.twinflow.workflowdefs.source.Position;
import java.util.ArrayList;
import java.util.List;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValNull$;
import org.jspecify.annotations.Nullable;

/** Finds the rules of a table that match, and what they give. */
final class EvaluateTable {

  private final DecisionTable table;
  private final Scope scope;
  private final TimeLimit limit;

  EvaluateTable(DecisionTable table, Scope scope, TimeLimit limit) {
    this.table = table;
    this.scope = scope;
    this.limit = limit;
  }

  /** A rule that matched, and a value for each output. */
  record Match(Rule rule, List<Val> values) {}

  List<Match> matches() throws DecisionException {
    List<Val> tested = new ArrayList<>();
    for (Input input : table.inputs()) {
      tested.add(tested(input));
    }
    List<Match> found = new ArrayList<>();
    for (Rule rule : table.rules()) {
      if (matches(rule, tested)) {
        found.add(new Match(rule, values(rule)));
        if (table.policy() == HitPolicy.FIRST) {
          return found;
        }
      }
    }
    return found;
  }

  /** What the table gives if no rule matches; null if it says nothing about that. */
  @Nullable List<Val> otherwise() throws DecisionException {
    if (table.outputs().stream().allMatch(output -> output.otherwise() == null)) {
      return null;
    }
    List<Val> values = new ArrayList<>();
    for (Output output : table.outputs()) {
      values.add(
          output.otherwise() == null
              ? ValNull$.MODULE$
              : value(new Result(output.otherwise(), output.position()), output));
    }
    return values;
  }

  private Val tested(Input input) throws DecisionException {
    try {
      limit.check();
      Val value = input.expression().evaluate(scope);
      input.type().check(value, input.expression().text());
      checkAllowed(value, input.allowed(), input.expression().text());
      return value;
    } catch (Impossible e) {
      throw told(input.position(), e);
    }
  }

  private boolean matches(Rule rule, List<Val> tested) throws DecisionException {
    for (int i = 0; i < tested.size(); i++) {
      Cell cell = rule.cells().get(i);
      try {
        limit.check();
        if (cell.tests() != null && !cell.tests().hold(tested.get(i), scope)) {
          return false;
        }
      } catch (Impossible e) {
        throw told(cell.position(), e);
      }
    }
    return true;
  }

  private List<Val> values(Rule rule) throws DecisionException {
    List<Val> values = new ArrayList<>();
    for (int i = 0; i < table.outputs().size(); i++) {
      values.add(value(rule.results().get(i), table.outputs().get(i)));
    }
    return values;
  }

  private Val value(Result result, Output output) throws DecisionException {
    String what = output.name().isEmpty() ? "the output" : output.name();
    try {
      limit.check();
      Val value = result.expression().evaluate(scope);
      output.type().check(value, what);
      checkAllowed(value, output.allowed(), what);
      return value;
    } catch (Impossible e) {
      throw told(result.position(), e);
    }
  }

  private static void checkAllowed(Val value, @Nullable UnaryTests allowed, String what)
      throws Impossible {
    if (allowed != null && !(value instanceof ValNull$) && !allowed.hold(value, Scope.EMPTY)) {
      throw new Impossible(
          "%s: expected one of %s, found %s".formatted(what, allowed.text(), value));
    }
  }

  static DecisionException told(Position position, Impossible e) {
    return new DecisionException(position, e.getMessage() + ".");
  }
}
