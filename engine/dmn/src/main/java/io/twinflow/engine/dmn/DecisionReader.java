package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.feel.Expression;
import io.twinflow.engine.dmn.feel.ItemType;
import io.twinflow.engine.dmn.feel.KnownNames;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one decision and what it requires (DMN 1.5, section 6.3). */
final class DecisionReader {

  private static final Set<String> READ =
      Set.of("variable", "informationRequirement", "decisionTable", "literalExpression");
  private static final Set<String> PASSED =
      Set.of(
          "question",
          "allowedAnswers",
          "authorityRequirement",
          "supportedObjective",
          "impactedPerformanceIndicator",
          "decisionMaker",
          "decisionOwner",
          "usingProcess",
          "usingTask");

  /** Each is looked for in each expression, if it is no plain word. */
  private static final int MOST_FIELDS = 1_000;

  private final Shared shared;
  private final ExpressionReader expressions;
  private final TypeReader types;
  private final ProblemLog log;
  private final Set<String> fields;

  DecisionReader(Shared shared, ExpressionReader expressions, TypeReader types, ProblemLog log) {
    this.shared = shared;
    this.expressions = expressions;
    this.types = types;
    this.log = log;
    this.fields = fields();
  }

  /** Null if it says nothing, which is told. */
  @Nullable DecisionPart read(XmlElement element) {
    Elements.check(element, READ, PASSED, log);
    List<DecisionPart.Input> inputs = new ArrayList<>();
    List<String> required = new ArrayList<>();
    Map<String, ItemType> variables = new LinkedHashMap<>();
    for (XmlElement requirement : element.children("informationRequirement")) {
      Elements.check(requirement, Set.of("requiredInput", "requiredDecision"), Set.of(), log);
      for (XmlElement input : requirement.children("requiredInput")) {
        XmlElement data = shared.find("inputData", input);
        if (data != null) {
          DecisionPart.Input read =
              new DecisionPart.Input(
                  Shared.variable(data), shared.type(data, types), data.position());
          inputs.add(read);
          add(variables, read.name(), read.type(), input);
        }
      }
      for (XmlElement decision : requirement.children("requiredDecision")) {
        XmlElement found = shared.find("decision", decision);
        if (found != null) {
          required.add(found.attribute("id"));
          add(variables, Shared.variable(found), shared.type(found, types), decision);
        }
      }
    }
    Logic logic = logic(element, variables);
    return logic == null
        ? null
        : new DecisionPart(
            element.attribute("id"),
            Elements.orElse(element.attribute("name"), element.attribute("id")),
            Shared.variable(element),
            shared.type(element, types),
            inputs,
            required,
            logic,
            element.position());
  }

  private void add(
      Map<String, ItemType> variables, String name, ItemType type, XmlElement requirement) {
    if (variables.put(name, type) != null) {
      log.error(
          requirement.position(),
          "two things with the name \"%s\" are required. Give one of them another name."
              .formatted(name));
    }
  }

  private @Nullable Logic logic(XmlElement element, Map<String, ItemType> variables) {
    KnownNames names = new KnownNames(variables.keySet(), fields);
    XmlElement table = Elements.first(element, "decisionTable");
    if (table != null) {
      expressions.checkLanguage(table);
      return new TableReader(
              new ClauseReader(expressions, types, names, variables, log),
              new RuleReader(expressions, names, log),
              log)
          .read(table, shared.type(element, types));
    }
    XmlElement literal = Elements.first(element, "literalExpression");
    if (literal == null) {
      if (!Elements.hasRefused(element)) {
        log.error(
            element.position(),
            "expected a decisionTable or a literalExpression in the decision \"%s\"."
                .formatted(element.attribute("name")));
      }
      return null;
    }
    Elements.check(literal, Set.of("text", "typeRef"), Set.of(), log);
    Expression expression = expressions.expression(literal, names);
    return expression == null ? null : new Literal(expression, ExpressionReader.position(literal));
  }

  /** What may follow a dot. */
  private Set<String> fields() {
    Set<String> names = new TreeSet<>(types.fields());
    names.addAll(shared.outputs());
    if (names.size() > MOST_FIELDS) {
      log.error(
          shared.position(),
          "a document has at most %d names of components and outputs, this one has %d."
              .formatted(MOST_FIELDS, names.size()));
      return Set.of();
    }
    return names;
  }
}
