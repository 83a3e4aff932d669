package io.twinflow.engine.dmn.feel;

import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValList;
import org.camunda.feel.syntaxtree.ValNull$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A type that a document names (DMN 1.5, section 7.3.2).
 *
 * @param isList whether it is a list of such items
 * @param fields of a context; empty for others
 * @param allowed tests that each item must pass
 */
public record ItemType(
    FeelType base, boolean isList, Map<String, ItemType> fields, List<UnaryTests> allowed) {

  public static final ItemType ANY = of(FeelType.ANY);

  public static ItemType of(FeelType base) {
    return new ItemType(base, false, Map.of(), List.of());
  }

  public String written() {
    return isList ? "list of " + base.written() : base.written();
  }

  /** The value of FEEL for a value from outside; texts become dates where dates are expected. */
  public Val read(Value value, String what) throws Impossible {
    if (value instanceof NullValue) {
      return ValNull$.MODULE$;
    }
    if (isList) {
      if (!(value instanceof ListValue(List<Value> items))) {
        throw expected(what, Values.of(value));
      }
      List<Val> found = new ArrayList<>();
      for (Value item : items) {
        found.add(item(item, what));
      }
      return Values.list(found);
    }
    return item(value, what);
  }

  private Val item(Value value, String what) throws Impossible {
    Val found =
        switch (value) {
          case StringValue(String text) -> text(text, what);
          case RecordValue record when !fields.isEmpty() -> context(record, what);
          case Value other -> Values.of(other);
        };
    checkItem(found, what);
    return found;
  }

  private Val text(String text, String what) throws Impossible {
    Val bounded = Values.of(new StringValue(text));
    try {
      return base == FeelType.ANY ? bounded : base.parse(text);
    } catch (Impossible e) {
      throw new Impossible(what + ": " + e.getMessage());
    }
  }

  private Val context(RecordValue record, String what) throws Impossible {
    Map<String, Val> found = new LinkedHashMap<>();
    for (Map.Entry<String, Value> field : record.fields().entrySet()) {
      ItemType type = fields.getOrDefault(field.getKey(), ANY);
      found.put(field.getKey(), type.read(field.getValue(), what + "." + field.getKey()));
    }
    for (String name : fields.keySet()) {
      found.putIfAbsent(name, ValNull$.MODULE$);
    }
    return Values.context(found);
  }

  /** Refuses a value that is not of this type; null always is. */
  public void check(Val value, String what) throws Impossible {
    if (isList && value instanceof ValList list) {
      for (Val item : CollectionConverters.asJava(list.itemsAsSeq())) {
        checkItem(item, what);
      }
    } else if (isList && !(value instanceof ValNull$)) {
      throw expected(what, value);
    } else {
      checkItem(value, what);
    }
  }

  private void checkItem(Val value, String what) throws Impossible {
    if (value instanceof ValNull$) {
      return;
    }
    if (!base.holds(value)) {
      throw expected(what, value);
    }
    for (UnaryTests tests : allowed) {
      if (!tests.hold(value, Scope.EMPTY)) {
        throw new Impossible(
            "%s: expected one of %s, found %s"
                .formatted(what, Shortened.of(tests.text()), Shortened.of(value.toString())));
      }
    }
  }

  private Impossible expected(String what, Val found) {
    return new Impossible(
        "%s: expected a %s, found the %s %s"
            .formatted(what, written(), FeelType.of(found), Shortened.of(found.toString())));
  }
}
