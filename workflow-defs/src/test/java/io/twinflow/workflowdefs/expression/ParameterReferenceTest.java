package io.twinflow.workflowdefs.expression;

import static io.twinflow.workflowdefs.expression.Expressions.failure;
import static io.twinflow.workflowdefs.expression.Expressions.text;
import static io.twinflow.workflowdefs.expression.Expressions.withJavaScript;
import static io.twinflow.workflowdefs.expression.Expressions.withoutJavaScript;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterReferenceTest {

  /** Has no JavaScript: to ask for it fails the test. */
  private static final Evaluator EVALUATOR =
      new StandardEvaluator(
          () -> {
            throw new AssertionError("A parameter reference must not start JavaScript.");
          },
          false);

  private static final FileValue FILE =
      new FileValue(
          "file:///in/reads.fastq.gz",
          "/tool/reads.fastq.gz",
          "reads.fastq.gz",
          "sha1$0000000000000000000000000000000000000000",
          12L,
          List.of(FileValue.at("file:///in/reads.idx", "reads.idx")),
          "http://edamontology.org/format_1930",
          null);

  private static final Map<String, Value> INPUTS =
      Map.of(
          "file",
          FILE,
          "dir",
          new DirectoryValue("file:///in/d", "/tool/d", "d", List.of(FILE)),
          "list",
          new ListValue(List.of(new StringValue("a"), new IntegerValue(7))),
          "length",
          new IntegerValue(1),
          "b az",
          new IntegerValue(2),
          "b'az",
          BooleanValue.TRUE,
          "b\"az",
          NullValue.NULL,
          "record",
          new RecordValue(Map.of("length", new IntegerValue(3))));

  private static Value value(String expression) throws Exception {
    return EVALUATOR.evaluate(text(expression), withoutJavaScript(INPUTS));
  }

  @ParameterizedTest
  @CsvSource({
    "path, /tool/reads.fastq.gz",
    "location, file:///in/reads.fastq.gz",
    "basename, reads.fastq.gz",
    "dirname, /tool",
    "nameroot, reads.fastq",
    "nameext, .gz",
    "checksum, sha1$0000000000000000000000000000000000000000",
    "format, http://edamontology.org/format_1930",
    "class, File",
  })
  void a_file_has_its_attributes(String attribute, String expected) throws Exception {
    assertThat(value("$(inputs.file." + attribute + ")")).isEqualTo(new StringValue(expected));
  }

  @Test
  void sizes_lists_and_lengths_keep_their_types() throws Exception {
    assertThat(value("$(inputs.file.size)")).isEqualTo(new IntegerValue(12));
    assertThat(value("$(inputs.list.length)")).isEqualTo(new IntegerValue(2));
    assertThat(value("$(inputs.list[1])")).isEqualTo(new IntegerValue(7));
    assertThat(value("$(inputs.file.secondaryFiles[0].basename)"))
        .isEqualTo(new StringValue("reads.idx"));
    assertThat(value("$(inputs.dir.listing[0])")).isEqualTo(FILE);
    assertThat(value("$(inputs.length)")).isEqualTo(new IntegerValue(1));
    assertThat(value("$(inputs.record.length)")).isEqualTo(new IntegerValue(3));
    assertThat(value("$(null)")).isEqualTo(NullValue.NULL);
    assertThat(value("$(inputs)")).isEqualTo(new RecordValue(INPUTS));
  }

  @Test
  void keys_are_quoted_either_way() throws Exception {
    assertThat(value("$(inputs['b az'])")).isEqualTo(new IntegerValue(2));
    assertThat(value("$(inputs[\"b az\"])")).isEqualTo(new IntegerValue(2));
    assertThat(value("$(inputs['b\\'az'])")).isEqualTo(BooleanValue.TRUE);
    assertThat(value("$(inputs[\"b'az\"])")).isEqualTo(BooleanValue.TRUE);
    assertThat(value("$(inputs['b\"az'])")).isEqualTo(NullValue.NULL);
  }

  @Test
  void white_space_around_a_single_expression_does_not_make_it_a_string() throws Exception {
    assertThat(value("\n  $(inputs.length)\n")).isEqualTo(new IntegerValue(1));
  }

  @Test
  void a_missing_field_is_named_with_the_nearest_one() {
    assertThat(failure(EVALUATOR, "$(inputs.file.basenam)", withoutJavaScript(INPUTS)))
        .hasMessageContaining("inputs.file has no field 'basenam'")
        .hasMessageContaining("Did you mean 'basename'?")
        .hasMessageContaining("nameroot");
    assertThat(failure(EVALUATOR, "$(inputs.file.contents)", withoutJavaScript(INPUTS)))
        .hasMessageContaining("loadContents: true");
    assertThat(failure(EVALUATOR, "$(inputs.list[2])", withoutJavaScript(INPUTS)))
        .hasMessageContaining("inputs.list has 2 items");
  }

  @Test
  void a_missing_field_is_null_where_JavaScript_would_say_undefined() throws Exception {
    assertThat(EVALUATOR.evaluate(text("$(inputs.nosuch)"), withJavaScript(INPUTS)))
        .isEqualTo(NullValue.NULL);
    assertThat(EVALUATOR.evaluate(text("$(inputs.list[9])"), withJavaScript(INPUTS)))
        .isEqualTo(NullValue.NULL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$(null.something)",
        "$(inputs.length.length)",
        "$(inputs.nosuch.field)",
        "$(outputs.x)",
        "$(inputs.list['a'])",
        "$(inputs.list.length.x)",
        "$(inputs['b az')",
        "$(inputs[])",
        "$(inputs.)",
        "$( inputs.length )",
        "$(inputs.length + 1)",
        "${return 1}",
        "$(inputs.list[-1])",
        "$(inputs.list[99999999999])",
        "$()",
      })
  void what_leads_nowhere_is_refused(String expression) {
    assertThat(failure(EVALUATOR, expression, withoutJavaScript(INPUTS))).isNotNull();
  }

  @Test
  void JavaScript_without_its_requirement_is_refused_with_the_way_out() {
    ExpressionException refused =
        failure(EVALUATOR, "a\n b $(inputs.length + 1)", withoutJavaScript(INPUTS));

    assertThat(refused).hasMessageContaining("InlineJavascriptRequirement");
    assertThat(refused.position()).hasToString("tool.cwl:11:8");
    assertThat(failure(EVALUATOR, "$( inputs.length )", withoutJavaScript(INPUTS)))
        .hasMessageContaining("Write $(inputs.length)");
  }
}
