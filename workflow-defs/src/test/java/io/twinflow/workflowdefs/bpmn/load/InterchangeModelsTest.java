package io.twinflow.workflowdefs.bpmn.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reference models of the BPMN Model Interchange Test Suite, which modelling tools must read.
 * They are drawings: tasks that nobody does. So all are refused, and what is told must be true.
 */
class InterchangeModelsTest {

  private static byte[] model(String name) throws IOException {
    try (InputStream in =
        InterchangeModelsTest.class.getResourceAsStream("/bpmn/miwg/" + name + ".bpmn")) {
      return in.readAllBytes();
    }
  }

  private static List<Problem> problems(byte[] bytes) {
    try {
      BpmnReader.read("model.bpmn", bytes);
      return List.of();
    } catch (InvalidDefinitionException e) {
      return e.problems();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A.1.0", "A.2.0", "A.2.1", "A.3.0", "A.4.1"})
  void drawingsAreNotExecutable(String name) throws IOException {
    assertThat(problems(model(name)))
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("isExecutable=\"true\""));
  }

  @Test
  void aDrawingBecomesAProcessWhenPeopleDoItsTasks() throws IOException {
    assertThat(problems(executable("A.1.0").replace("semantic:task", "semantic:userTask")))
        .isEmpty();
  }

  /** What is told was compared with the drawings: it is what they leave open. */
  @ParameterizedTest
  @ValueSource(strings = {"A.1.0", "A.2.0", "A.2.1", "A.3.0"})
  void whatTheDrawingsLeaveOpenIsTold(String name) throws IOException {
    assertThat(problems(executable(name)))
        .isNotEmpty()
        .allSatisfy(p ->
            assertThat(p.message())
                .containsAnyOf(
                    "task is not run",
                    "has no conditionExpression",
                    "Name one of its arrows as default",
                    "expected a condition such as",
                    "ioSpecification is not run",
                    "needs messageRef"));
  }

  private static String executable(String name) throws IOException {
    return new String(model(name), StandardCharsets.ISO_8859_1)
        .replace("isExecutable=\"false\"", "isExecutable=\"true\"");
  }

  private static List<Problem> problems(String text) {
    return problems(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"B.1.0", "C.1.1", "C.2.0", "C.9.1"})
  void largerModelsOfOtherEnginesAreReadToTheEnd(String name) throws IOException {
    assertThat(problems(model(name)))
        .isNotEmpty()
        .allSatisfy(p -> {
          assertThat(p.position().line()).isGreaterThan(1);
          assertThat(p.message()).isNotBlank();
        });
  }
}
