package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.DecisionTable.Input;
import io.twinflow.engine.dmn.DecisionTable.Output;
import io.twinflow.engine.dmn.feel.Expression;
import io.twinflow.engine.dmn.feel.Impossible;
import io.twinflow.engine.dmn.feel.ItemType;
import io.twinflow.engine.dmn.feel.KnownNames;
import io.twinflow.engine.dmn.feel.UnaryTests;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.feel.syntaxtree.Val;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a table. */
final class ClauseReader {

  private final ExpressionReader expressions;
  private final TypeReader types;
  private final KnownNames names;
  private final Map<String, ItemType> variables;
  private final ProblemLog log;

  ClauseReader(
      ExpressionReader expressions,
      TypeReader types,
      KnownNames names,
      Map<String, ItemType> variables,
      ProblemLog log) {
    this.expressions = expressions;
    this.types = types;
    this.names = names;
    this.variables = variables;
    this.log = log;
  }

  /** Null if it is wrong, which is told. */
  @Nullable Input input(XmlElement element) {
    Elements.check(element, Set.of("inputExpression", "inputValues"), Set.of(), log);
    XmlElement holder = Elements.first(element, "inputExpression");
    if (holder == null) {
      log.error(element.position(), "expected an inputExpression in this input, found none.");
      return null;
    }
    Elements.check(holder, Set.of("text", "typeRef"), Set.of(), log);
    UnaryTests allowed = values(element, "inputValues");
    Expression expression = expressions.expression(holder, names);
    return expression == null
        ? null
        : new Input(
            expression, type(holder, expression), allowed, ExpressionReader.position(holder));
  }

  /** What the column says, else what is known of the variable that it looks at. */
  private ItemType type(XmlElement holder, Expression expression) {
    String typeRef = Elements.orElse(holder.attribute("typeRef"), Elements.text(holder, "typeRef"));
    return typeRef.isEmpty()
        ? variables.getOrDefault(expression.text(), ItemType.ANY)
        : types.named(typeRef, holder.position());
  }

  List<Output> outputs(List<XmlElement> elements, ItemType whole) {
    List<Output> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (XmlElement element : elements) {
      Elements.check(
          element, Set.of("outputValues", "defaultOutputEntry", "typeRef"), Set.of(), log);
      String name = element.attribute("name").strip();
      if (elements.size() > 1 && name.isEmpty()) {
        log.error(
            element.position(), "a table with several outputs needs name=\"…\" at each of them.");
      }
      if (!name.isEmpty() && !seen.add(name)) {
        log.error(
            element.position(),
            "the output \"%s\" is named twice. Give one of them another name.".formatted(name));
      }
      found.add(output(element, name, elements.size() > 1 ? part(whole, name) : whole));
    }
    return found;
  }

  private static ItemType part(ItemType whole, String name) {
    return whole.fields().getOrDefault(name, ItemType.ANY);
  }

  private Output output(XmlElement element, String name, ItemType otherwise) {
    String typeRef =
        Elements.orElse(element.attribute("typeRef"), Elements.text(element, "typeRef"));
    ItemType type = typeRef.isEmpty() ? otherwise : types.named(typeRef, element.position());
    UnaryTests allowed = values(element, "outputValues");
    XmlElement entry = Elements.first(element, "defaultOutputEntry");
    Expression value =
        entry == null || Elements.text(entry, "text").isEmpty()
            ? null
            : expressions.expression(entry, names);
    return new Output(
        name,
        type,
        allowed,
        order(allowed, type),
        value,
        entry == null ? element.position() : ExpressionReader.position(entry));
  }

  private static List<Val> order(@Nullable UnaryTests allowed, ItemType type) {
    try {
      return allowed != null
          ? allowed.listed()
          : type.allowed().isEmpty() ? List.of() : type.allowed().getLast().listed();
    } catch (Impossible e) {
      return List.of();
    }
  }

  private @Nullable UnaryTests values(XmlElement element, String name) {
    XmlElement values = Elements.first(element, name);
    if (values == null) {
      return null;
    }
    Elements.check(values, Set.of("text"), Set.of(), log);
    return expressions.tests(values, names);
  }
}
