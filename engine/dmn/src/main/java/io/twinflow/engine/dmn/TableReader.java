package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.DecisionTable.Input;
import io.twinflow.engine.dmn.DecisionTable.Output;
import io.twinflow.engine.dmn.DecisionTable.Rule;
import io.twinflow.engine.dmn.feel.ItemType;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a decision table (DMN 1.5, section 8). */
final class TableReader {

  private final ClauseReader clauses;
  private final RuleReader rules;
  private final ProblemLog log;

  TableReader(ClauseReader clauses, RuleReader rules, ProblemLog log) {
    this.clauses = clauses;
    this.rules = rules;
    this.log = log;
  }

  /**
   * @param type of the decision's variable
   */
  DecisionTable read(XmlElement element, ItemType type) {
    Elements.check(element, Set.of("input", "output", "rule"), Set.of("annotation"), log);
    refuseCrosstabs(element);
    HitPolicy policy = policy(element);
    List<XmlElement> outputElements = element.children("output");
    List<Input> inputs = inputs(element);
    List<Output> outputs = clauses.outputs(outputElements, policy.isMany() ? ItemType.ANY : type);
    if (outputs.isEmpty()) {
      log.error(element.position(), "expected an output in this decisionTable, found none.");
    }
    outputs.forEach(output -> rules.check(output.otherwise(), output, output.position()));
    checkOrder(element, policy, outputs);
    List<Rule> found = new ArrayList<>();
    if (inputs.size() == element.children("input").size()) {
      for (XmlElement rule : element.children("rule")) {
        found.add(rules.rule(rule, found.size() + 1, inputs, outputs));
      }
    }
    if (element.children("rule").isEmpty()) {
      log.error(element.position(), "expected a rule in this decisionTable, found none.");
    }
    return new DecisionTable(
        policy, aggregation(element, policy, outputs), inputs, outputs, found, element.position());
  }

  private List<Input> inputs(XmlElement element) {
    List<Input> inputs = new ArrayList<>();
    for (XmlElement input : element.children("input")) {
      Input read = clauses.input(input);
      if (read != null) {
        inputs.add(read);
      }
    }
    return inputs;
  }

  private void refuseCrosstabs(XmlElement element) {
    if (element.attribute("preferredOrientation").equals("CrossTable")) {
      log.unsupported(
          element.position(),
          "a cross table is not evaluated: which rules it has is seen only in its drawing. Set preferredOrientation=\"Rule-as-Row\", and look whether the rules are right.");
    }
  }

  private HitPolicy policy(XmlElement element) {
    String name = Elements.orElse(element.attribute("hitPolicy"), "UNIQUE");
    HitPolicy policy = HitPolicy.named(name);
    if (policy == null) {
      log.error(
          element.position(),
          "there is no hit policy \"%s\": expected %s."
              .formatted(
                  name,
                  Arrays.stream(HitPolicy.values())
                      .map(known -> known.name().replace('_', ' '))
                      .collect(Collectors.joining(", "))));
      return HitPolicy.UNIQUE;
    }
    return policy;
  }

  private Aggregation aggregation(XmlElement element, HitPolicy policy, List<Output> outputs) {
    String name = element.attribute("aggregation");
    if (name.isEmpty()) {
      return Aggregation.LIST;
    }
    if (policy != HitPolicy.COLLECT) {
      log.error(
          element.position(),
          "aggregation=\"%s\" says something only with hitPolicy=\"COLLECT\".".formatted(name));
    } else if (outputs.size() > 1) {
      log.error(
          element.position(),
          "aggregation=\"%s\" needs one output, found %d.".formatted(name, outputs.size()));
    }
    for (Aggregation aggregation : Aggregation.values()) {
      if (aggregation != Aggregation.LIST && aggregation.name().equals(name)) {
        return aggregation;
      }
    }
    log.error(
        element.position(),
        "there is no aggregation \"%s\": expected SUM, MIN, MAX or COUNT.".formatted(name));
    return Aggregation.LIST;
  }

  private void checkOrder(XmlElement element, HitPolicy policy, List<Output> outputs) {
    if (policy.ordersByOutputs() && outputs.stream().allMatch(output -> output.order().isEmpty())) {
      log.error(
          element.position(),
          "with the hit policy %s the order of the outputs counts: expected outputValues at an output, such as \"high\", \"low\", the most important first."
              .formatted(policy.name().replace('_', ' ')));
    }
  }
}
