package io.twinflow.workflowdefs.expression.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.expression.JavaScriptSource;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTest {

  private static final Position PLACE = new Position("tool.cwl", 7, 12);
  private static final List<JavaScriptSource> LIBRARIES =
      List.of(JavaScriptSource.library("var x = 1;", 0, PLACE));

  private static Request request(String code) {
    return new Request(
        JavaScriptSource.expression(code, PLACE, new Position("tool.cwl", 7, 3)),
        LIBRARIES,
        new ExpressionContext(
            new RecordValue(
                Map.of(
                    "file",
                    FileValue.at("file:///a/b.csv", "b.csv").withPath("/in/b.csv"),
                    "list",
                    new ListValue(
                        List.of(
                            new IntegerValue(1L << 60), new DecimalValue(new BigDecimal("0.1")))))),
            new StringValue("line one\nline \"two\" \u20ac"),
            null,
            List.of("var x = 1;"),
            Map.of("decision", new RecordValue(Map.of("level", new IntegerValue(2))))));
  }

  @Test
  void what_is_asked_arrives_as_it_was() throws Exception {
    Request asked = request("(inputs.file\n + 1)");
    assertThat(asked.line(true)).doesNotContain("\n");
    assertThat(Request.read(asked.line(true), List.of())).isEqualTo(asked);
  }

  @Test
  void libraries_that_are_left_out_are_those_of_the_request_before() throws Exception {
    Request asked = request("(x)");
    assertThat(asked.line(false)).doesNotContain("var x");
    assertThat(Request.read(asked.line(false), asked.texts())).isEqualTo(asked);
  }

  @Test
  void answers_arrive_as_they_were() throws Exception {
    for (Answer answer :
        List.of(
            new Answer.Result(NullValue.NULL),
            new Answer.Result(new StringValue("a\nb")),
            new Answer.Mistake(3, 4, "it is \"wrong\"", false),
            new Answer.Mistake(1, 1, "it did not end", true))) {
      assertThat(Answer.read(answer.text())).isEqualTo(answer);
    }
  }
}
