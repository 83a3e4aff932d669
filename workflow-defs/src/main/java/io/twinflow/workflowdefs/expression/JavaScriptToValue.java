package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;
import org.mozilla.javascript.Undefined;

/**
 * Copies what an expression returned into values: what JSON can say, and nothing else. Undefined is
 * null, an undefined field is left out, as JSON does it.
 */
final class JavaScriptToValue {

  private static final int DEEPEST = 500;

  private final EvaluationBudget budget;
  private final IdentityHashMap<Scriptable, Boolean> open = new IdentityHashMap<>();
  private long copied;

  JavaScriptToValue(EvaluationBudget budget) {
    this.budget = budget;
  }

  /**
   * The value.
   *
   * @throws UnusableResult if it holds what a CWL value cannot
   */
  Value copy(@Nullable Object result) throws UnusableResult {
    return copy(result, "the result");
  }

  private Value copy(@Nullable Object result, String place) throws UnusableResult {
    if ((++copied & 0xff) == 0) {
      budget.check();
    }
    return switch (result) {
      case null -> NullValue.NULL;
      case Boolean bool -> BooleanValue.of(bool);
      case CharSequence text -> new StringValue(text.toString());
      case Number number -> NumberToValue.convert(number, place);
      case NativeArray array -> array(array, place);
      case Callable ignored ->
          throw new UnusableResult(place + " is a function. Call it, or return what it computes.");
      case Symbol ignored -> throw new UnusableResult(place + " is a symbol, not a CWL value.");
      case Scriptable object -> object(object, place);
      default -> {
        if (Undefined.isUndefined(result)) {
          yield NullValue.NULL;
        }
        throw new UnusableResult(
            "%s is of a kind that CWL does not have (%s)."
                .formatted(place, result.getClass().getSimpleName()));
      }
    };
  }

  private Value array(NativeArray array, String place) throws UnusableResult {
    budget.checkLength(array.getLength(), "an array");
    enter(array, place);
    List<Value> items = new ArrayList<>((int) Math.min(array.getLength(), 1024));
    for (int i = 0; i < array.getLength(); i++) {
      Object item = ScriptableObject.getProperty(array, i);
      items.add(
          Objects.equals(item, Scriptable.NOT_FOUND)
              ? NullValue.NULL
              : copy(item, place + "[" + i + "]"));
    }
    open.remove(array);
    return new ListValue(items);
  }

  private Value object(Scriptable object, String place) throws UnusableResult {
    String kind = object.getClassName();
    switch (kind) {
      case "String" -> {
        return new StringValue(text(object));
      }
      case "Number", "Boolean" -> {
        return copy(object.getDefaultValue(null), place);
      }
      case "Object", "Arguments" -> {}
      default ->
          throw new UnusableResult(
              "%s is a JavaScript %s, which CWL does not have.%s"
                  .formatted(place, kind, InsteadOf.object(kind)));
    }
    enter(object, place);
    Map<String, Value> fields = new LinkedHashMap<>();
    for (Object id : object.getIds()) {
      Object field =
          id instanceof Integer index
              ? ScriptableObject.getProperty(object, index)
              : ScriptableObject.getProperty(object, id.toString());
      if (!Objects.equals(field, Scriptable.NOT_FOUND) && !Undefined.isUndefined(field)) {
        fields.put(id.toString(), copy(field, place + "." + id));
      }
    }
    open.remove(object);
    return new RecordValue(fields);
  }

  private static String text(Scriptable string) {
    return String.valueOf(string.getDefaultValue(String.class));
  }

  private void enter(Scriptable object, String place) throws UnusableResult {
    if (open.put(object, true) != null) {
      throw new UnusableResult(place + " contains itself; a CWL value cannot.");
    }
    if (open.size() > DEEPEST) {
      throw new UnusableResult(
          "the result is nested more than " + DEEPEST + " levels deep; is it meant to be?");
    }
  }
}
