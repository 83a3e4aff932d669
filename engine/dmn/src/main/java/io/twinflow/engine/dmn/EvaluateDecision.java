package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.EvaluateTable.Match;
import io.twinflow.engine.dmn.feel.Impossible;
import io.twinflow.engine.dmn.feel.Scope;
import io.twinflow.engine.dmn.feel.Values;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValNull$;

/**
 * Makes a decision, and before it those that it requires.
 *
 * @param parts each after all that it requires; the last is the decision itself
 */
record EvaluateDecision(List<DecisionPart> parts, List<DecisionPart.Input> inputs) {

  /** What a decision came to, and whether it came to nothing. */
  private record Made(Val value, boolean isNothing) {}

  Decided decide(Map<String, Value> given) throws DecisionException {
    TimeLimit limit = new TimeLimit();
    Map<String, Val> known = read(given, limit);
    Map<String, Made> made = new HashMap<>();
    List<MatchedRule> rules = new ArrayList<>();
    for (DecisionPart part : parts) {
      made.put(part.id(), make(part, scope(part, known, made), limit, rules));
    }
    Made last = Objects.requireNonNull(made.get(parts.getLast().id()));
    try {
      return decided(Values.from(last.value()), last.isNothing(), rules);
    } catch (Impossible e) {
      throw EvaluateTable.told(parts.getLast().position(), e);
    }
  }

  private Map<String, Val> read(Map<String, Value> given, TimeLimit limit)
      throws DecisionException {
    Map<String, Val> known = new HashMap<>();
    for (DecisionPart.Input input : inputs) {
      try {
        limit.check();
        known.put(
            input.name(),
            input.type().read(given.getOrDefault(input.name(), NullValue.NULL), input.name()));
      } catch (Impossible e) {
        throw EvaluateTable.told(input.position(), e);
      }
    }
    for (String name : given.keySet()) {
      if (!known.containsKey(name)) {
        Position position = parts.getLast().position();
        throw new DecisionException(
            position,
            "the decision has no input \"%s\". It has %s.%s"
                .formatted(
                    name,
                    known.isEmpty() ? "none" : String.join(", ", known.keySet()),
                    NearestName.hint(name, known.keySet())));
      }
    }
    return known;
  }

  private Scope scope(DecisionPart part, Map<String, Val> known, Map<String, Made> made) {
    Map<String, Val> variables = new LinkedHashMap<>();
    for (DecisionPart.Input input : part.inputs()) {
      variables.put(input.name(), known.getOrDefault(input.name(), ValNull$.MODULE$));
    }
    for (DecisionPart other : parts) {
      Made value = made.get(other.id());
      if (value != null && part.required().contains(other.id())) {
        variables.put(other.variable(), value.value());
      }
    }
    return new Scope(variables);
  }

  private static Made make(DecisionPart part, Scope scope, TimeLimit limit, List<MatchedRule> rules)
      throws DecisionException {
    Made made =
        switch (part.logic()) {
          case Literal literal -> literal(literal, scope);
          case DecisionTable table -> table(part, table, scope, limit, rules);
        };
    try {
      // Bounds what decisions can make of each other's results.
      Values.from(made.value());
      if (!made.isNothing()) {
        part.type().check(made.value(), part.variable());
      }
      limit.check();
      return made;
    } catch (Impossible e) {
      throw EvaluateTable.told(part.position(), e);
    }
  }

  private static Made literal(Literal literal, Scope scope) throws DecisionException {
    try {
      return new Made(literal.expression().evaluate(scope), false);
    } catch (Impossible e) {
      throw EvaluateTable.told(literal.position(), e);
    }
  }

  private static Made table(
      DecisionPart part, DecisionTable table, Scope scope, TimeLimit limit, List<MatchedRule> rules)
      throws DecisionException {
    EvaluateTable evaluate = new EvaluateTable(table, scope, limit);
    Combine combine = new Combine(table);
    List<Match> matches = evaluate.matches();
    if (matches.isEmpty()) {
      List<Val> otherwise = evaluate.otherwise();
      return otherwise == null
          ? new Made(ValNull$.MODULE$, true)
          : new Made(combine.otherwise(otherwise), false);
    }
    Val value = combine.of(matches);
    for (Match match : combine.counting(matches)) {
      rules.add(new MatchedRule(part.id(), match.rule().number(), match.rule().id()));
    }
    return new Made(value, false);
  }

  /** The names of what {@link Decided#outputs()} has. */
  List<String> outputs() {
    DecisionPart part = parts.getLast();
    if (!(part.logic() instanceof DecisionTable table)) {
      return List.of(part.variable());
    }
    if (!table.hasSeveralOutputs()) {
      return List.of(Elements.orElse(table.outputs().getFirst().name(), part.variable()));
    }
    return table.policy().isMany()
        ? List.of(part.variable())
        : table.outputs().stream().map(DecisionTable.Output::name).toList();
  }

  private Decided decided(Value result, boolean isNothing, List<MatchedRule> rules) {
    List<String> names = outputs();
    Map<String, Value> fields = new LinkedHashMap<>();
    boolean isRecord =
        parts.getLast().logic() instanceof DecisionTable table
            && table.hasSeveralOutputs()
            && !table.policy().isMany();
    for (String name : names) {
      fields.put(
          name,
          !isRecord ? result : result instanceof RecordValue r ? r.get(name) : NullValue.NULL);
    }
    return new Decided(
        parts.getLast().variable(), result, new RecordValue(fields), rules, isNothing);
  }
}
