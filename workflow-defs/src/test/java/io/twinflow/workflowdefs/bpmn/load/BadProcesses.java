package io.twinflow.workflowdefs.bpmn.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.nio.charset.StandardCharsets;

/** What a person gets for a process. */
final class BadProcesses {

  private static final String BEFORE =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tw="https://twinflow.io/bpmn#" xmlns:flowable="http://flowable.org/bpmn" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <message id="go" name="go"/><error id="broken" errorCode="TASK"/>
      <process id="p" isExecutable="true">
      """;

  private static final String AFTER = "</process>\n</definitions>\n";

  private BadProcesses() {}

  /** The first line of the body is line 4. */
  static String document(String body) {
    return BEFORE + body + AFTER;
  }

  /** A process from start to end with one node between them, which has the id {@code it}. */
  static String around(String node) {
    return document(
        """
        <startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="it"/>
        """
            + node
            + """

            <sequenceFlow id="b" sourceRef="it" targetRef="e"/><endEvent id="e"/>
            """);
  }

  static BpmnDocument read(String document) throws InvalidDefinitionException {
    return BpmnReader.read("p.bpmn", document.getBytes(StandardCharsets.UTF_8));
  }

  static InvalidDefinitionException refused(String document) {
    InvalidDefinitionException refused =
        catchThrowableOfType(InvalidDefinitionException.class, () -> read(document));
    assertThat(refused).as("this should be refused:\n" + document).isNotNull();
    return refused;
  }

  /**
   * @param parts all that is told, in any order and nothing else: at most one problem for each
   */
  static void assertProblems(String document, String... parts) {
    InvalidDefinitionException refused = refused(document);
    assertThat(refused.getMessage()).contains(parts);
    assertThat(refused.problems())
        .as(refused.getMessage())
        .hasSizeLessThanOrEqualTo(parts.length)
        .allSatisfy(problem -> assertThat(problem.position().source()).isEqualTo("p.bpmn"));
  }
}
