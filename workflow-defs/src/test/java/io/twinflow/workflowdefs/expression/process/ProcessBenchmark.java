package io.twinflow.workflowdefs.expression.process;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.Evaluators;
import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prints evaluations per second in this process and in children, one after the other and 1,000 at a
 * time as a scatter has them. Run its main method with the module's test class path.
 */
final class ProcessBenchmark {

  private static final int ROUNDS = 5;
  private static final int EVALUATIONS = 10_000;
  private static final int AT_ONCE = 1_000;

  private static final List<String> EXPRESSIONS =
      List.of(
          "$(inputs.n + 1)",
          "${ return inputs.file.basename.replace(/\\.csv$/, '.png'); }",
          "${ var s = 0; for (var i = 0; i < 100; i++) { s += i; } return s; }");

  private ProcessBenchmark() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    try (EvaluatorProcesses processes = EvaluatorProcesses.start(ProcessSettings.standard())) {
      Map<String, Evaluator> evaluators =
          Map.of("here", Evaluators.standard(), "child", Evaluators.over(processes));
      for (String expression : EXPRESSIONS) {
        for (Map.Entry<String, Evaluator> evaluator : evaluators.entrySet()) {
          for (int atOnce : new int[] {1, AT_ONCE}) {
            long best = Long.MAX_VALUE;
            long first = 0;
            for (int round = 0; round < ROUNDS; round++) {
              long took = nanos(evaluator.getValue(), expression, atOnce);
              first = round == 0 ? took : first;
              best = Math.min(best, took);
            }
            System.out.printf(
                "%-6s %,5d at once: best %,6.1f us each, first round %,6.1f  %s%n",
                evaluator.getKey(),
                atOnce,
                best / 1e3 / EVALUATIONS,
                first / 1e3 / EVALUATIONS,
                expression);
          }
        }
      }
    }
  }

  private static long nanos(Evaluator evaluator, String expression, int atOnce) throws Exception {
    ExpressionText text = new ExpressionText(expression, new Position("a.cwl", 1, 1));
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        done.add(
            threads.submit(() -> {
              for (int j = 0; j < EVALUATIONS / atOnce; j++) {
                evaluator.evaluate(text, context(j));
              }
              return null;
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    return System.nanoTime() - start;
  }

  private static ExpressionContext context(long n) {
    return new ExpressionContext(
        new RecordValue(
            Map.of(
                "n",
                new IntegerValue(n),
                "file",
                FileValue.at("file:///data/basin-01.csv", "basin-01.csv"))),
        NullValue.NULL,
        null,
        List.of());
  }
}
