package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.Map;

/**
 * Prints the time to the first value in this JVM, and evaluations per second in a warm one. Run its
 * main method from an editor, or with the module's test class path.
 */
final class ExpressionBenchmark {

  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 1_000_000_000L;

  private static final Map<String, Value> INPUTS =
      Map.of(
          "n",
          new IntegerValue(41),
          "name",
          new StringValue("basin-01"),
          "file",
          FileValue.at("file:///data/basin-01.csv", "basin-01.csv"));

  private static final List<String> EXPRESSIONS =
      List.of(
          "$(inputs.file.nameroot)",
          "--name=$(inputs.name) $(inputs.n)",
          "$(inputs.n + 1)",
          "${ return inputs.file.basename.replace(/\\.csv$/, '.png'); }",
          "${ var s = 0; for (var i = 0; i < 100; i++) { s += i; } return s; }");

  private ExpressionBenchmark() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws ExpressionException {
    Evaluator evaluator = Evaluators.standard();
    ExpressionContext context = Expressions.withJavaScript(INPUTS);
    for (String expression : EXPRESSIONS) {
      ExpressionText text = Expressions.text(expression);
      long start = System.nanoTime();
      evaluator.evaluate(text, context);
      long first = System.nanoTime() - start;
      long best = 0;
      for (int round = 0; round < ROUNDS; round++) {
        best = Math.max(best, perSecond(evaluator, text, context));
      }
      System.out.printf("%,10d/s  first %,4d ms  %s%n", best, first / 1_000_000, expression);
    }
  }

  private static long perSecond(Evaluator evaluator, ExpressionText text, ExpressionContext context)
      throws ExpressionException {
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < ROUND_NANOS) {
      for (int i = 0; i < 100; i++) {
        evaluator.evaluate(text, context);
      }
      done += 100;
    }
    return done * 1_000_000_000L / (System.nanoTime() - start);
  }
}
