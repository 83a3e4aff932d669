package io.twinflow.workflowdefs.expression;

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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;

/** Copies values into plain JavaScript objects, which an expression may change as it likes. */
final class ValueToJavaScript {

  private final Context context;
  private final Scriptable scope;

  ValueToJavaScript(Context context, Scriptable scope) {
    this.context = context;
    this.scope = scope;
  }

  @Nullable Object copy(Value value) {
    return switch (value) {
      case NullValue ignored -> null;
      case BooleanValue bool -> bool.value();
      case IntegerValue integer -> number(integer.value());
      case DecimalValue decimal -> decimal.value().doubleValue();
      case StringValue string -> string.value();
      case FileValue file -> object(FileFields.of(file));
      case DirectoryValue directory -> object(FileFields.of(directory));
      case ListValue list -> array(list.items());
      case RecordValue object -> object(object.fields());
    };
  }

  /** JavaScript's numbers are doubles; small ones may be Rhino's integers. */
  private static Object number(long value) {
    if (value == (int) value) {
      return (int) value;
    }
    return (double) value;
  }

  private Scriptable array(List<Value> items) {
    @Nullable Object[] copies = new @Nullable Object[items.size()];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = copy(items.get(i));
    }
    return context.newArray(scope, copies);
  }

  private Scriptable object(Map<String, Value> fields) {
    Scriptable object = context.newObject(scope);
    fields.forEach((name, value) -> PropertyNames.put(object, name, copy(value)));
    return object;
  }
}
