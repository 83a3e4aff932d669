package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.CommandLineBinding;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.RecordField;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bindings of inputs, however deep in their types, with their values and places. Steps
 * 2 and 3 of the algorithm in CommandLineTool v1.2, "Input binding".
 */
final class BoundValues {

  /** One binding and the value it applies to. */
  record Bound(SortKey key, CommandLineBinding binding, Value value) {}

  private final Scope scope;
  private final List<Bound> found = new ArrayList<>();

  BoundValues(Scope scope) {
    this.scope = scope;
  }

  List<Bound> found() {
    return found;
  }

  void addArgument(CommandLineBinding argument, int index) throws FailureException {
    int position = position(argument, NullValue.NULL);
    found.add(new Bound(SortKey.ROOT.then(position).then(index), argument, NullValue.NULL));
  }

  void addInput(InputParameter input, Value value) throws FailureException {
    add(input.type(), input.binding(), value, new Place(SortKey.ROOT, input.name(), -1));
  }

  /**
   * Where a value stands: in a field (index −1) or at an index of an array.
   *
   * @param above the key of what holds it
   */
  private record Place(SortKey above, String field, int index) {

    SortKey key(int position) {
      SortKey key = above.then(position);
      return index < 0 ? key.then(field) : new SortKey(key.then(index).parts(), field);
    }

    /** The key for what is inside, where there is no binding here. */
    SortKey unbound() {
      return index < 0 ? above : new SortKey(above.then(index).parts(), field);
    }
  }

  private void add(CwlType type, @Nullable CommandLineBinding binding, Value value, Place place)
      throws FailureException {
    if (value == NullValue.NULL) {
      return;
    }
    SortKey inside = place.unbound();
    if (binding != null) {
      SortKey key = place.key(position(binding, value));
      found.add(new Bound(key, binding, value));
      if (binding.valueFrom() != null
          || (binding.itemSeparator() != null && value instanceof ListValue)) {
        return;
      }
      inside = key;
    }
    switch (TypeCheck.alternative(type, value)) {
      case CwlType.ArrayType array -> items(array, binding, value, inside, place.field());
      case CwlType.RecordType record -> fields(record, value, inside, place);
      case CwlType.EnumType symbols when symbols.binding() != null -> {
        CommandLineBinding own = symbols.binding();
        SortKey key = new Place(inside, place.field(), place.index()).key(position(own, value));
        found.add(new Bound(key, own, value));
      }
      case CwlType.Primitive p when p == CwlType.Primitive.ANY && value instanceof ListValue ->
          items(
              new CwlType.ArrayType(CwlType.Primitive.ANY, null, null),
              binding,
              value,
              inside,
              place.field());
      case CwlType.EnumType e -> {}
      case CwlType.Primitive p -> {}
      case CwlType.UnionType u -> {}
    }
  }

  private void items(
      CwlType.ArrayType array,
      @Nullable CommandLineBinding binding,
      Value value,
      SortKey inside,
      String field)
      throws FailureException {
    if (!(value instanceof ListValue(List<Value> items))) {
      return;
    }
    CommandLineBinding each = array.binding();
    if (each == null && binding != null) {
      each = plain(binding);
    }
    for (int i = 0; i < items.size(); i++) {
      add(array.items(), each, items.get(i), new Place(inside, field, i));
    }
  }

  private void fields(CwlType.RecordType record, Value value, SortKey inside, Place place)
      throws FailureException {
    if (!(value instanceof RecordValue fields)) {
      return;
    }
    SortKey key = inside;
    CommandLineBinding own = record.binding();
    if (own != null) {
      key = new Place(inside, place.field(), -1).key(position(own, value));
      found.add(new Bound(key, own, value));
      if (own.valueFrom() != null) {
        return;
      }
    }
    for (RecordField field : record.fields()) {
      add(
          field.type(),
          field.inputBinding(),
          fields.get(field.name()),
          new Place(key, field.name(), -1));
    }
  }

  /** Items of a bound array appear although nothing is said about them. */
  private static CommandLineBinding plain(CommandLineBinding outer) {
    return new CommandLineBinding(
        null, null, true, null, null, outer.shellQuote(), false, outer.source());
  }

  private int position(CommandLineBinding binding, Value self) throws FailureException {
    ExpressionText position = binding.position();
    if (position == null) {
      return 0;
    }
    Value value = scope.evaluate(position, self);
    if (value instanceof IntegerValue(long number) && number == (int) number) {
      return (int) number;
    }
    if (value == NullValue.NULL) {
      return 0;
    }
    if (value instanceof StringValue(String digits) && digits.matches("\\s*[-+]?[0-9]{1,9}\\s*")) {
      return Integer.parseInt(digits.strip());
    }
    throw Faults.user(
        "expression.type",
        "%s: position must be an integer or null, found %s"
            .formatted(position.position(), Show.value(value)));
  }
}
