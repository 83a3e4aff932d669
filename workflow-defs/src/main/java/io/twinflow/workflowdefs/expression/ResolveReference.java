package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.expression.ParameterReference.Segment;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.Map;
import java.util.Set;

/** Follows a parameter reference into a context; no JavaScript is involved. */
final class ResolveReference {

  /** Names that every JavaScript object has, and that are therefore not undefined there. */
  private static final Set<String> OBJECT_MEMBERS =
      Set.of(
          "constructor",
          "hasOwnProperty",
          "isPrototypeOf",
          "propertyIsEnumerable",
          "toLocaleString",
          "toString",
          "valueOf",
          "__proto__",
          "__defineGetter__",
          "__defineSetter__",
          "__lookupGetter__",
          "__lookupSetter__");

  private final ParameterReference reference;

  private ResolveReference(ParameterReference reference) {
    this.reference = reference;
  }

  static Resolution in(ExpressionContext context, ParameterReference reference) {
    return new ResolveReference(reference).follow(context);
  }

  private Resolution follow(ExpressionContext context) {
    Value value;
    switch (reference.root()) {
      case "inputs" -> value = context.inputs();
      case "self" -> value = context.self();
      case "runtime" -> {
        if (context.runtime() == null) {
          return missing(
              "'runtime' is not known here: there is no task yet when a step's inputs, 'when' and scatter are worked out.");
        }
        value = context.runtime();
      }
      case "null" -> value = NullValue.NULL;
      default -> {
        Value more = context.more().get(reference.root());
        if (more == null) {
          return missing(
              "'%s' is not defined. Expressions see inputs, self and runtime."
                  .formatted(reference.root()));
        }
        value = more;
      }
    }
    for (int i = 0; i < reference.segments().size(); i++) {
      switch (step(value, i)) {
        case Resolution.Found(Value next) -> value = next;
        case Resolution.Missing missing -> {
          return missing;
        }
      }
    }
    return new Resolution.Found(value);
  }

  private Resolution step(Value value, int i) {
    return switch (reference.segments().get(i)) {
      case Segment.Field(String name) -> field(value, name, i);
      case Segment.Index(int index) -> item(value, index, i);
    };
  }

  private Resolution field(Value value, String name, int i) {
    return switch (value) {
      case RecordValue object -> fieldOf(object.fields(), name, i);
      case FileValue file -> fieldOf(FileFields.of(file), name, i);
      case DirectoryValue directory -> fieldOf(FileFields.of(directory), name, i);
      case ListValue list when name.equals("length") && i == reference.segments().size() - 1 ->
          new Resolution.Found(new IntegerValue(list.items().size()));
      case ListValue list ->
          missing(
              "%s is an array of %d items; it has .length and items [0] to [%d], but no field '%s'."
                  .formatted(
                      reference.upTo(i), list.items().size(), list.items().size() - 1, name));
      case NullValue ignored -> hasNothing(value, i, "field '" + name + "'");
      case BooleanValue ignored -> hasNothing(value, i, "field '" + name + "'");
      case IntegerValue ignored -> hasNothing(value, i, "field '" + name + "'");
      case DecimalValue ignored -> hasNothing(value, i, "field '" + name + "'");
      case StringValue ignored -> hasNothing(value, i, "field '" + name + "'");
    };
  }

  private Resolution fieldOf(Map<String, Value> fields, String name, int i) {
    Value found = fields.get(name);
    if (found != null) {
      return new Resolution.Found(found);
    }
    boolean last = i == reference.segments().size() - 1;
    return new Resolution.Missing(
        MissingField.message(reference.upTo(i), name, fields.keySet()),
        last && !OBJECT_MEMBERS.contains(name));
  }

  private Resolution item(Value value, int index, int i) {
    if (!(value instanceof ListValue list)) {
      return hasNothing(value, i, "item [" + index + "]");
    }
    if (index < list.items().size()) {
      return new Resolution.Found(list.items().get(index));
    }
    return new Resolution.Missing(
        "%s has %d items, so there is no [%d] (the first is [0])."
            .formatted(reference.upTo(i), list.items().size(), index),
        i == reference.segments().size() - 1);
  }

  private Resolution hasNothing(Value value, int i, String what) {
    return missing("%s is %s; it has no %s.".formatted(reference.upTo(i), Kind.of(value), what));
  }

  private static Resolution missing(String message) {
    return new Resolution.Missing(message, false);
  }
}
