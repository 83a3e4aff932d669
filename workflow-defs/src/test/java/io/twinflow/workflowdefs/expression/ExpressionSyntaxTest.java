package io.twinflow.workflowdefs.expression;

import static io.twinflow.workflowdefs.expression.Expressions.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionSyntaxTest {

  private static List<Problem> withJavaScript(String text) {
    return ExpressionSyntax.problems(text(text), true, List.of());
  }

  private static List<Problem> withoutJavaScript(String text) {
    return ExpressionSyntax.problems(text(text), false, List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "$(inputs.a)",
        "a $(self[0].path) b $(runtime.cores)",
        "$(null)",
        "\\$(echo x)"
      })
  void what_needs_no_JavaScript_is_right_either_way(String text) {
    assertThat(withoutJavaScript(text)).isEmpty();
    assertThat(withJavaScript(text)).isEmpty();
  }

  @Test
  void all_expressions_of_a_text_are_looked_at() {
    assertThat(withoutJavaScript("$(1 + 1) and\n$(nosuch.x)"))
        .hasSize(2)
        .satisfiesExactly(
            first ->
                assertThat(first.toString())
                    .startsWith("tool.cwl:10:5: ")
                    .contains("InlineJavascriptRequirement"),
            second ->
                assertThat(second.toString())
                    .startsWith("tool.cwl:11:5: ")
                    .contains("'nosuch' is not defined"));
  }

  @Test
  void JavaScript_that_does_not_parse_is_placed() {
    assertThat(withJavaScript("${\n  return 1 +;\n}"))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.position().line()).isEqualTo(11);
          assertThat(problem.message()).contains("syntax error").contains("return 1 +;");
        });
  }

  @Test
  void an_expression_without_end_is_placed() {
    assertThat(withJavaScript("abc $(inputs.x"))
        .singleElement()
        .asString()
        .startsWith("tool.cwl:10:9: ");
  }

  @Test
  void a_library_that_does_not_parse_is_named() {
    assertThat(ExpressionSyntax.problems(text("$(f())"), true, List.of("var a;", "class A {}")))
        .singleElement()
        .asString()
        .contains("expressionLib[1]", "Classes are not available");
  }

  @Test
  void what_only_fails_at_run_time_is_no_problem_of_syntax() {
    assertThat(withJavaScript("$(nosuch.x)")).isEmpty();
  }

  @Test
  void fields_that_are_taken_from_a_word_are_told_with_their_places() {
    assertThat(
            ExpressionSyntax.fields(
                text("$(decision.a) and $(self.b) $(decision['c d'].e) ${return decision.f;}"),
                "decision"))
        .containsExactly(
            new ExpressionSyntax.Used("a", new Position("tool.cwl", 10, 5)),
            new ExpressionSyntax.Used("c d", new Position("tool.cwl", 10, 33)));
    assertThat(ExpressionSyntax.fields(text("$(decision.a"), "decision")).isEmpty();
  }
}
