package io.twinflow.workflowdefs.expression;

import static io.twinflow.workflowdefs.expression.Expressions.failure;
import static io.twinflow.workflowdefs.expression.Expressions.text;
import static io.twinflow.workflowdefs.expression.Expressions.withJavaScript;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.value.IntegerValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class LimitsTest {

  static final List<String> KNOWN = Attacks.KNOWN;
  static final List<String> MEMORY = Attacks.MEMORY;
  static final List<String> TIME = Attacks.TIME;
  static final List<String> DEPTH = Attacks.DEPTH;

  private static final Evaluator SMALL =
      Evaluators.withLimits(new ExpressionLimits(Duration.ofSeconds(20), 24L << 20, 2));

  private static final Evaluator BRIEF =
      Evaluators.withLimits(new ExpressionLimits(Duration.ofMillis(150), 2L << 30, 2));

  private static ExpressionException refusal(Evaluator evaluator, String attack) {
    return failure(evaluator, attack, withJavaScript(Map.of()));
  }

  @ParameterizedTest
  @FieldSource("KNOWN")
  void functions_that_allocate_much_at_once_are_refused_before_they_do(String attack) {
    assertThat(refusal(SMALL, attack))
        .hasMessageMatching("(?s).*: it makes an? .* of more than .*");
  }

  @ParameterizedTest
  @FieldSource("MEMORY")
  void what_eats_memory_is_refused(String attack) {
    assertThat(refusal(SMALL, attack))
        .isNotNull()
        .hasMessageNotContaining("more memory than there is");
  }

  @ParameterizedTest
  @FieldSource("TIME")
  void what_runs_for_ever_is_stopped(String attack) {
    assertThat(refusal(BRIEF, attack)).hasMessageContaining("did not end within 150 ms");
  }

  @ParameterizedTest
  @FieldSource("DEPTH")
  void what_calls_itself_for_ever_is_refused(String attack) {
    assertThat(refusal(SMALL, attack)).isNotNull();
  }

  @Test
  void the_evaluator_works_on_after_a_refusal() throws Exception {
    assertThat(refusal(SMALL, Attacks.KNOWN.getFirst())).isNotNull();
    assertThat(SMALL.evaluate(text("$(1 + 1)"), withJavaScript(Map.of())))
        .isEqualTo(new IntegerValue(2));
  }

  @Test
  void a_small_heap_has_smaller_limits() {
    assertThat(ExpressionLimits.forHeap(256L << 20, 8))
        .isEqualTo(new ExpressionLimits(Duration.ofSeconds(20), 64L << 20, 2));
    assertThat(ExpressionLimits.forHeap(8L << 30, 8))
        .isEqualTo(new ExpressionLimits(Duration.ofSeconds(20), 256L << 20, 8));
  }

  @Test
  void limits_that_make_no_sense_are_refused() {
    ExpressionLimits limits = ExpressionLimits.forHeap(1L << 30, 2);

    assertThatThrownBy(() -> limits.withTime(Duration.ZERO)).hasMessageContaining("positive");
    assertThatThrownBy(() -> limits.withAllocatedBytes(1)).hasMessageContaining("1 MiB");
  }

  @Test
  void garbage_does_not_count_as_memory() throws Exception {
    assertThat(
            SMALL.evaluate(
                text("${ for (var i = 0; i < 3000; i++) { 'x'.repeat(20000); } return 1; }"),
                withJavaScript(Map.of())))
        .isEqualTo(new IntegerValue(1));
  }
}
