package io.twinflow.triggers.rule;

import io.cloudevents.CloudEvent;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.expression.ExpressionSyntax;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ScalarNode;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.Numbers;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a run, made of events: an input object in which any text may hold expressions, as
 * in CWL v1.2, "Expressions".
 *
 * @param inputs the object as it was written
 */
public record Mapping(MapNode inputs) {

  /** What is wrong with its expressions, as far as that can be told without an event. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    inputs.entries().values().forEach(entry -> collect(entry.value(), problems));
    return problems;
  }

  private static void collect(Node node, List<Problem> problems) {
    switch (node) {
      case ScalarNode scalar ->
          problems.addAll(ExpressionSyntax.problems(text(scalar), true, List.of()));
      case ListNode list -> list.items().forEach(item -> collect(item, problems));
      case MapNode map -> map.entries().values().forEach(entry -> collect(entry.value(), problems));
    }
  }

  /** Whether a value is made of an event, and so is not known before one comes. */
  public static boolean isMade(Node node) {
    return switch (node) {
      case ScalarNode scalar -> text(scalar).needsEvaluation();
      case ListNode list -> list.items().stream().anyMatch(Mapping::isMade);
      case MapNode map -> map.entries().values().stream().anyMatch(entry -> isMade(entry.value()));
    };
  }

  /**
   * The input object as JSON.
   *
   * @param events at least one, in the order in which they came
   * @throws ExpressionException that names the expression and where it stands
   */
  public String of(List<CloudEvent> events, Evaluator evaluator) throws ExpressionException {
    return of(events, null, evaluator);
  }

  /**
   * The same, where something was decided before.
   *
   * @param decided what expressions see as {@code decision}; null if nothing was
   */
  public String of(List<CloudEvent> events, @Nullable RecordValue decided, Evaluator evaluator)
      throws ExpressionException {
    return ValueJson.write(made(events, decided, evaluator));
  }

  /** The same object before it is written. */
  public RecordValue made(
      List<CloudEvent> events, @Nullable RecordValue decided, Evaluator evaluator)
      throws ExpressionException {
    return (RecordValue) value(inputs, EventValues.context(events, decided), evaluator);
  }

  /** What its expressions take from a word by plain references. */
  List<ExpressionSyntax.Used> references(String word) {
    List<ExpressionSyntax.Used> used = new ArrayList<>();
    inputs.entries().values().forEach(entry -> references(entry.value(), word, used));
    return used;
  }

  private static void references(Node node, String word, List<ExpressionSyntax.Used> used) {
    switch (node) {
      case ScalarNode scalar -> used.addAll(ExpressionSyntax.fields(text(scalar), word));
      case ListNode list -> list.items().forEach(item -> references(item, word, used));
      case MapNode map ->
          map.entries().values().forEach(entry -> references(entry.value(), word, used));
    }
  }

  static Value value(Node node, ExpressionContext context, Evaluator evaluator)
      throws ExpressionException {
    return switch (node) {
      case ScalarNode scalar when scalar.kind() == ScalarNode.Kind.STRING ->
          evaluator.evaluate(text(scalar), context);
      case ScalarNode scalar -> constant(scalar);
      case ListNode list -> {
        List<Value> items = new ArrayList<>();
        for (Node item : list.items()) {
          items.add(value(item, context, evaluator));
        }
        yield new ListValue(items);
      }
      case MapNode map -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (Map.Entry<String, MapNode.Entry> field : map.entries().entrySet()) {
          fields.put(field.getKey(), value(field.getValue().value(), context, evaluator));
        }
        yield new RecordValue(fields);
      }
    };
  }

  /** As it was written, expressions too. */
  static Value constant(Node node) {
    return switch (node) {
      case ScalarNode scalar -> constant(scalar);
      case ListNode list -> new ListValue(list.items().stream().map(Mapping::constant).toList());
      case MapNode map -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        map.entries().forEach((name, entry) -> fields.put(name, constant(entry.value())));
        yield new RecordValue(fields);
      }
    };
  }

  private static Value constant(ScalarNode scalar) {
    return switch (scalar.kind()) {
      case NULL -> NullValue.NULL;
      case BOOLEAN -> BooleanValue.of(scalar.isTrue());
      case INTEGER -> Numbers.whole(scalar.text());
      case DECIMAL -> Numbers.decimal(scalar.text());
      case STRING -> new StringValue(scalar.text());
    };
  }

  private static ExpressionText text(ScalarNode scalar) {
    return new ExpressionText(scalar.text(), scalar.position());
  }
}
