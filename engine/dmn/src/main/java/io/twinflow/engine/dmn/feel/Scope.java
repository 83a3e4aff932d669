package io.twinflow.engine.dmn.feel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.feel.context.VariableProvider;
import org.camunda.feel.impl.interpreter.EvalContext;
import org.camunda.feel.impl.interpreter.EvaluationFailureCollector;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValNull$;
import scala.Option;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** What the names in an expression stand for. */
public final class Scope implements VariableProvider {

  private static final String TESTED = "cellInput";
  private static final String TESTED_BY_SIGN = "?";

  public static final Scope EMPTY = new Scope(Map.of());

  private final Map<String, Val> variables;

  public Scope(Map<String, Val> variables) {
    this.variables = Map.copyOf(variables);
  }

  public Val get(String name) {
    return variables.getOrDefault(name, ValNull$.MODULE$);
  }

  /** With the value that unary tests look at. */
  Scope testing(Val value) {
    Map<String, Val> more = new LinkedHashMap<>(variables);
    more.put(TESTED, value);
    more.put(TESTED_BY_SIGN, value);
    return new Scope(more);
  }

  EvalContext context() {
    return new EvalContext(
        Values.MAPPER, this, Functions.PROVIDER, new EvaluationFailureCollector());
  }

  @Override
  public Option<Object> getVariable(String name) {
    return Option.apply(variables.get(name));
  }

  @Override
  public Iterable<String> keys() {
    return CollectionConverters.asScala(variables.keySet());
  }
}
