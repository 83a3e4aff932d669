package io.twinflow.engine.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.StringValue;
import org.junit.jupiter.api.Test;

class ExpressionRunTest {

  private static final String JOB =
      "{\"f\": {\"class\": \"File\", \"location\": \"file:///in/f\"}}";

  private static io.twinflow.workflowdefs.value.Value evaluate(String type, String expression)
      throws Exception {
    return new Bench()
        .with("file:///in/f", "text")
        .evaluate(
            """
            requirements: {InlineJavascriptRequirement: {}}
            inputs: {f: {type: File, loadContents: true}}
            outputs: {o: %s}
            expression: '%s'
            """
                .formatted(type, expression),
            JOB)
        .get("o");
  }

  @Test
  void readsContents() throws Exception {
    assertThat(evaluate("string", "$({o: inputs.f.contents})")).isEqualTo(new StringValue("text"));
  }

  @Test
  void forwardsInputsAndMakesLiterals() throws Exception {
    FileValue forwarded =
        (FileValue) evaluate("File", "${inputs.f.basename = \"g\"; return {o: inputs.f};}");
    FileValue literal =
        (FileValue) evaluate("File", "$({o: {class: \"File\", basename: \"l\", contents: \"c\"}})");

    assertThat(forwarded.location()).isEqualTo("file:///in/f");
    assertThat(forwarded.basename()).isEqualTo("g");
    assertThat(literal.contents()).isEqualTo("c");
  }

  @Test
  void refusesWrongTypesAndForeignFiles() {
    assertThatThrownBy(() -> evaluate("int", "$({o: \"x\"})"))
        .hasMessageContaining("output 'o' must be int, found the string 'x'");
    assertThatThrownBy(() -> evaluate("int", "$(3)"))
        .hasMessageContaining("must give an object with the outputs");
    assertThatThrownBy(
            () -> evaluate("File", "$({o: {class: \"File\", location: \"file:///etc/passwd\"}})"))
        .hasMessageContaining("/etc/passwd is not an input");
  }
}
