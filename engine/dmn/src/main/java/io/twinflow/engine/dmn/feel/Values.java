package io.twinflow.engine.dmn.feel;

import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileFields;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.feel.context.Context;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.camunda.feel.syntaxtree.ValContext;
import org.camunda.feel.syntaxtree.ValList;
import org.camunda.feel.syntaxtree.ValNull$;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import org.camunda.feel.valuemapper.ValueMapper;
import scala.jdk.javaapi.CollectionConverters;

/** Values of workflows to values of FEEL and back, and how large they may be. */
public final class Values {

  /** Texts are joined, so that decisions that require each other could make them ever longer. */
  static final int LONGEST_TEXT = 10_000;

  /** Floor writes every digit out. */
  private static final int MOST_DIGITS = 400;

  private static final int MOST_ITEMS = 10_000;

  /** Takes values of FEEL alone: no object of Java ever becomes a context. */
  static final ValueMapper MAPPER =
      new ValueMapper() {
        @Override
        public Val toVal(Object x) {
          if (x instanceof Val val) {
            return val;
          }
          throw new IllegalArgumentException("no value of FEEL: " + x.getClass().getName());
        }

        @Override
        public Object unpackVal(Val value) {
          return value;
        }
      };

  private int items;

  private Values() {}

  public static Val of(Value value) throws Impossible {
    return new Values().feel(value);
  }

  /** Dates, times and durations become ISO texts. */
  public static Value from(Val val) throws Impossible {
    return new Values().value(val);
  }

  public static Val number(BigDecimal number) throws Impossible {
    return new ValNumber(new scala.math.BigDecimal(bounded(number)));
  }

  public static Val list(List<Val> items) {
    return new ValList(CollectionConverters.asScala(items).toVector());
  }

  public static Val context(Map<String, Val> fields) {
    return new ValContext(
        new Context.StaticContext(
            scala.collection.immutable.VectorMap$.MODULE$.from(
                CollectionConverters.asScala(new LinkedHashMap<String, Object>(fields))),
            scala.collection.immutable.Map$.MODULE$.empty()));
  }

  static String text(Val val) throws Impossible {
    Value value = from(val);
    return value instanceof StringValue(String text) ? text : ValueJson.write(value);
  }

  private Val feel(Value value) throws Impossible {
    count();
    return switch (value) {
      case NullValue ignored -> ValNull$.MODULE$;
      case BooleanValue(boolean truth) -> new ValBoolean(truth);
      case IntegerValue(long number) -> number(BigDecimal.valueOf(number));
      case DecimalValue(BigDecimal number) -> number(number);
      case StringValue(String text) -> new ValString(bounded(text));
      case FileValue file -> feel(FileFields.of(file));
      case DirectoryValue folder -> feel(FileFields.of(folder));
      case ListValue list -> {
        List<Val> items = new ArrayList<>();
        for (Value item : list.items()) {
          items.add(feel(item));
        }
        yield list(items);
      }
      case RecordValue(Map<String, Value> fields) -> {
        Map<String, Val> found = new LinkedHashMap<>();
        for (Map.Entry<String, Value> field : fields.entrySet()) {
          found.put(field.getKey(), feel(field.getValue()));
        }
        yield context(found);
      }
    };
  }

  private Value value(Val val) throws Impossible {
    count();
    return switch (val) {
      case ValBoolean truth -> BooleanValue.of(truth.value());
      case ValNumber number -> number(bounded(number.value().bigDecimal()), number);
      case ValString text -> new StringValue(bounded(text.value()));
      case ValList list -> {
        List<Value> items = new ArrayList<>();
        for (Val item : CollectionConverters.asJava(list.itemsAsSeq())) {
          items.add(value(item));
        }
        yield new ListValue(items);
      }
      case ValContext context -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (Map.Entry<String, Object> field :
            CollectionConverters.asJava(context.context().variableProvider().getVariables())
                .entrySet()) {
          fields.put(field.getKey(), value((Val) field.getValue()));
        }
        yield new RecordValue(fields);
      }
      case Val other -> {
        if (other instanceof ValNull$) {
          yield NullValue.NULL;
        }
        yield new StringValue(FeelType.isoText(other));
      }
    };
  }

  private static Value number(BigDecimal number, ValNumber ignored) {
    return number.scale() <= 0 && number.toBigInteger().bitLength() < 64
        ? new IntegerValue(number.longValueExact())
        : new DecimalValue(number);
  }

  private void count() throws Impossible {
    if (++items > MOST_ITEMS) {
      throw new Impossible("a value has at most %,d items and fields here".formatted(MOST_ITEMS));
    }
  }

  private static String bounded(String text) throws Impossible {
    if (text.length() > LONGEST_TEXT) {
      throw new Impossible(
          "expected a text of at most %,d characters, found one of %,d"
              .formatted(LONGEST_TEXT, text.length()));
    }
    return text;
  }

  private static BigDecimal bounded(BigDecimal number) throws Impossible {
    if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
      throw new Impossible(
          "expected a number of at most %d digits before and after the point"
              .formatted(MOST_DIGITS));
    }
    return number;
  }
}
