package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.feel.Expression;
import io.twinflow.engine.dmn.feel.ItemType;
import io.twinflow.engine.dmn.feel.UnaryTests;
import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import org.camunda.feel.syntaxtree.Val;
import org.jspecify.annotations.Nullable;

/** A table that was read and found right (DMN 1.5, section 8). */
record DecisionTable(
    HitPolicy policy,
    Aggregation aggregation,
    List<Input> inputs,
    List<Output> outputs,
    List<Rule> rules,
    Position position)
    implements Logic {

  /** What a column looks at. */
  record Input(
      Expression expression, ItemType type, @Nullable UnaryTests allowed, Position position) {}

  /**
   * What a column gives.
   *
   * @param name empty if it has none
   * @param order the allowed values, the most important first; empty if there is no such list
   * @param otherwise what it gives if no rule matches, or null
   */
  record Output(
      String name,
      ItemType type,
      @Nullable UnaryTests allowed,
      List<Val> order,
      @Nullable Expression otherwise,
      Position position) {}

  /**
   * @param cells for each input
   * @param results for each output
   */
  record Rule(
      int number, @Nullable String id, List<Cell> cells, List<Result> results, Position position) {}

  /**
   * @param tests null if all values pass
   */
  record Cell(@Nullable UnaryTests tests, Position position) {}

  /** What a rule gives in one column. */
  record Result(Expression expression, Position position) {}

  boolean hasSeveralOutputs() {
    return outputs.size() > 1;
  }
}
