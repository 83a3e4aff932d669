package io.twinflow.workflowdefs.expression;

import static io.twinflow.workflowdefs.expression.Expressions.text;
import static io.twinflow.workflowdefs.expression.Expressions.withJavaScript;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrentEvaluationTest {

  private static final int EVALUATIONS = 2_000;

  private final Evaluator evaluator = Evaluators.standard();

  @Test
  void many_threads_share_an_evaluator() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      assertThatAllAreRight(threads);
    }
  }

  @Test
  void virtual_threads_do_too() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThatAllAreRight(threads);
    }
  }

  @Test
  void memory_is_limited_on_virtual_threads_too() throws Exception {
    Evaluator small =
        Evaluators.withLimits(new ExpressionLimits(Duration.ofSeconds(20), 24L << 20, 1));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ExpressionException> refused =
          threads.submit(() ->
              Expressions.failure(
                  small,
                  "${ var a = []; while (true) { a.push({x: a.length}); } }",
                  withJavaScript(Map.of())));
      assertThat(refused.get()).hasMessageContaining("24 MiB");
    }
  }

  private void assertThatAllAreRight(ExecutorService threads) throws Exception {
    List<Callable<Value>> tasks = new ArrayList<>();
    for (int i = 0; i < EVALUATIONS; i++) {
      long n = i;
      tasks.add(() ->
          evaluator.evaluate(
              text("${ this.shared = (this.shared || 0) + inputs.n; return shared * 2; }"),
              withJavaScript(Map.of("n", new IntegerValue(n)))));
    }
    List<Future<Value>> results = threads.invokeAll(tasks);
    for (int i = 0; i < EVALUATIONS; i++) {
      assertThat(results.get(i).get()).isEqualTo(new IntegerValue(2L * i));
    }
  }
}
