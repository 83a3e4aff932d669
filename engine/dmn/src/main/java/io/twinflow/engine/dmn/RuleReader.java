package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.DecisionTable.Cell;
import io.twinflow.engine.dmn.DecisionTable.Input;
import io.twinflow.engine.dmn.DecisionTable.Output;
import io.twinflow.engine.dmn.DecisionTable.Result;
import io.twinflow.engine.dmn.DecisionTable.Rule;
import io.twinflow.engine.dmn.feel.Expression;
import io.twinflow.engine.dmn.feel.Impossible;
import io.twinflow.engine.dmn.feel.ItemType;
import io.twinflow.engine.dmn.feel.KnownNames;
import io.twinflow.engine.dmn.feel.Scope;
import io.twinflow.engine.dmn.feel.UnaryTests;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValNull$;
import org.jspecify.annotations.Nullable;

/** Reads the rules of a table; a literal that does not fit its column is told now. */
final class RuleReader {

  private final ExpressionReader expressions;
  private final KnownNames names;
  private final ProblemLog log;

  RuleReader(ExpressionReader expressions, KnownNames names, ProblemLog log) {
    this.expressions = expressions;
    this.names = names;
    this.log = log;
  }

  Rule rule(XmlElement element, int number, List<Input> inputs, List<Output> outputs) {
    Elements.check(element, Set.of("inputEntry", "outputEntry"), Set.of("annotationEntry"), log);
    List<XmlElement> inputEntries = element.children("inputEntry");
    List<XmlElement> outputEntries = element.children("outputEntry");
    checkCount(element, "inputEntry", inputEntries.size(), inputs.size(), number);
    checkCount(element, "outputEntry", outputEntries.size(), outputs.size(), number);
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < Math.min(inputEntries.size(), inputs.size()); i++) {
      cells.add(cell(inputEntries.get(i), inputs.get(i).type()));
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < Math.min(outputEntries.size(), outputs.size()); i++) {
      XmlElement entry = outputEntries.get(i);
      Expression expression = expressions.expression(entry, names);
      if (expression != null) {
        Position position = ExpressionReader.position(entry);
        check(expression, outputs.get(i), position);
        results.add(new Result(expression, position));
      }
    }
    String id = element.attribute("id");
    return new Rule(number, id.isEmpty() ? null : id, cells, results, element.position());
  }

  private void checkCount(XmlElement rule, String what, int found, int expected, int number) {
    if (found != expected) {
      log.error(
          rule.position(),
          "expected %d times %s in rule %d, one for each column, found %d."
              .formatted(expected, what, number, found));
    }
  }

  private Cell cell(XmlElement entry, ItemType type) {
    Elements.check(entry, Set.of("text"), Set.of(), log);
    UnaryTests tests = expressions.tests(entry, names);
    Position position = ExpressionReader.position(entry);
    if (tests != null) {
      checkTypes(tests, type, position);
    }
    return new Cell(tests, position);
  }

  private void checkTypes(UnaryTests tests, ItemType type, Position position) {
    try {
      for (Val constant : tests.constants()) {
        ItemType.of(type.base()).check(constant, "this column");
      }
    } catch (Impossible e) {
      log.error(position, e.getMessage() + ".");
    }
  }

  /** The default of an output is checked as what a rule gives. */
  void check(@Nullable Expression expression, Output output, Position position) {
    if (expression == null || !expression.isConstant()) {
      return;
    }
    String what = output.name().isEmpty() ? "this column" : output.name();
    try {
      Val value = expression.evaluate(Scope.EMPTY);
      output.type().check(value, what);
      UnaryTests allowed = output.allowed();
      if (allowed != null && !(value instanceof ValNull$) && !allowed.hold(value, Scope.EMPTY)) {
        log.error(
            position, "%s: expected one of %s, found %s.".formatted(what, allowed.text(), value));
      }
    } catch (Impossible e) {
      log.error(position, e.getMessage() + ".");
    }
  }
}
