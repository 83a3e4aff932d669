package io.twinflow.engine.dmn.feel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.feel.FeelEngineClock;
import org.camunda.feel.context.FunctionProvider;
import org.camunda.feel.impl.builtin.BooleanBuiltinFunctions$;
import org.camunda.feel.impl.builtin.ListBuiltinFunctions;
import org.camunda.feel.impl.builtin.NumericBuiltinFunctions$;
import org.camunda.feel.impl.builtin.StringBuiltinFunctions$;
import org.camunda.feel.impl.builtin.TemporalBuiltinFunctions;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValError;
import org.camunda.feel.syntaxtree.ValFunction;
import org.camunda.feel.syntaxtree.ValString;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The functions of FEEL that cost no more than their arguments and always give the same (DMN 1.5,
 * section 10.3.4). No other exists for an expression.
 */
final class Functions {

  /** A search takes the product of two lengths. */
  private static final int LONGEST_TEXT = Values.LONGEST_TEXT;

  private static final Set<String> OF_THE_LIBRARY =
      Set.of(
          "abs",
          "ceiling",
          "contains",
          "count",
          "day of week",
          "day of year",
          "decimal",
          "ends with",
          "even",
          "floor",
          "list contains",
          "lower case",
          "max",
          "mean",
          "min",
          "modulo",
          "month of year",
          "not",
          "odd",
          "round down",
          "round half down",
          "round half up",
          "round up",
          "starts with",
          "string length",
          "substring",
          "sum",
          "upper case",
          "week of year");

  private static final Map<String, List<ValFunction>> ALL = all();

  static final FunctionProvider PROVIDER = new FunctionProvider.StaticFunctionProvider(scalaMap());

  private Functions() {}

  static boolean has(String name) {
    return ALL.containsKey(name);
  }

  static Set<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  private static Map<String, List<ValFunction>> all() {
    Map<String, scala.collection.immutable.List<ValFunction>> theirs = new HashMap<>();
    theirs.putAll(CollectionConverters.asJava(NumericBuiltinFunctions$.MODULE$.functions()));
    theirs.putAll(CollectionConverters.asJava(StringBuiltinFunctions$.MODULE$.functions()));
    theirs.putAll(CollectionConverters.asJava(BooleanBuiltinFunctions$.MODULE$.functions()));
    theirs.putAll(CollectionConverters.asJava(new ListBuiltinFunctions(Values.MAPPER).functions()));
    theirs.putAll(
        CollectionConverters.asJava(
            new TemporalBuiltinFunctions(FeelEngineClock.SystemClock$.MODULE$).functions()));
    Map<String, List<ValFunction>> found = new HashMap<>();
    for (String name : OF_THE_LIBRARY) {
      found.put(
          name,
          CollectionConverters.asJava(theirs.get(name)).stream().map(Functions::bounded).toList());
    }
    found.putAll(Conversions.functions());
    return Map.copyOf(found);
  }

  private static scala.collection.immutable.Map<
          String, scala.collection.immutable.List<ValFunction>>
      scalaMap() {
    Map<String, scala.collection.immutable.List<ValFunction>> lists = new HashMap<>();
    ALL.forEach(
        (name, functions) -> lists.put(name, CollectionConverters.asScala(functions).toList()));
    return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(lists));
  }

  private static ValFunction bounded(ValFunction function) {
    return new ValFunction(
        function.params(),
        arguments -> {
          for (Val argument : CollectionConverters.asJava(arguments)) {
            if (argument instanceof ValString text && text.value().length() > LONGEST_TEXT) {
              return new ValError(
                  "expected a text of at most %,d characters, found one of %,d"
                      .formatted(LONGEST_TEXT, text.value().length()));
            }
          }
          return function.invoke().apply(arguments);
        },
        function.hasVarArgs());
  }
}
