package io.twinflow.engine.dmn.feel;

import org.camunda.feel.api.EvaluationFailure;
import org.camunda.feel.impl.interpreter.EvalContext;
import org.camunda.feel.impl.interpreter.FeelInterpreter;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValError;
import org.camunda.feel.syntaxtree.ValFatalError;
import org.camunda.feel.syntaxtree.ValFunction;
import org.camunda.feel.syntaxtree.ValRange;
import scala.jdk.javaapi.CollectionConverters;

/** The library's interpreter. It makes null of what it cannot do; here that has no value at all. */
final class Evaluate {

  private static final FeelInterpreter INTERPRETER = new FeelInterpreter(Values.MAPPER);

  private Evaluate() {}

  static Val value(Exp expression, Scope scope) throws Impossible {
    EvalContext context = scope.context();
    Val value = eval(expression, context);
    var failures = CollectionConverters.asJava(context.failureCollector().failures());
    if (!failures.isEmpty()) {
      throw new Impossible(said(failures.getFirst()));
    }
    return switch (value) {
      case ValError error -> throw new Impossible(Shortened.of(error.error()));
      case ValFatalError error -> throw new Impossible(Shortened.of(error.error()));
      case ValFunction ignored -> throw new Impossible("expected a value, found a function");
      case ValRange ignored -> throw new Impossible("expected a value, found an interval");
      case Val found -> found;
    };
  }

  private static Val eval(Exp expression, EvalContext context) throws Impossible {
    try {
      return INTERPRETER.eval(expression, context);
    } catch (Exception e) {
      // Scala throws it without saying so.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new Impossible("the evaluation was interrupted");
      }
      if (e instanceof RuntimeException) {
        throw new Impossible(Shortened.of(String.valueOf(e.getMessage())));
      }
      throw new IllegalStateException("the interpreter declares no exceptions", e);
    }
  }

  private static String said(EvaluationFailure failure) {
    String message = failure.failureMessage();
    return message.length() <= 300 ? message : message.substring(0, 300) + "…";
  }
}
