package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.bpmn.load.BpmnReader;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.charset.StandardCharsets;

/** Processes to try; nodes are chained in the order in which they are named. */
final class Documents {

  static final String TENANT = "default";

  private static final String BEFORE =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tw="https://twinflow.io/bpmn#" targetNamespace="https://example.org/processes">
      <message id="go" name="go"/><signal id="storm" name="storm"/>
      <error id="task" errorCode="TASK"/><error id="infra" errorCode="INFRASTRUCTURE"/>
      """;

  private Documents() {}

  static byte[] bytes(String processes) {
    return (BEFORE + processes + "</definitions>").getBytes(StandardCharsets.UTF_8);
  }

  static String process(String id, String body) {
    return "<process id=\"%s\" isExecutable=\"true\">%s</process>\n".formatted(id, body);
  }

  /** From start to end over the named nodes, which stand in the body. */
  static String chain(String body, String... nodes) {
    StringBuilder chain =
        new StringBuilder("<startEvent id=\"start\"/>" + body + "<endEvent id=\"end\"/>");
    String from = "start";
    for (String node : nodes) {
      chain.append(arrow(from, node));
      from = node;
    }
    return chain.append(arrow(from, "end")).toString();
  }

  static String arrow(String from, String to) {
    return "<sequenceFlow id=\"%s-%s\" sourceRef=\"%s\" targetRef=\"%s\"/>"
        .formatted(from, to, from, to);
  }

  /** Runs the workflow {@code w} with the variable {@code n}, and keeps its output {@code out}. */
  static String run(String id) {
    return run(id, "");
  }

  static String run(String id, String more) {
    return """
    <serviceTask id="%s"><extensionElements><tw:run workflow="w">
    <tw:input name="n" value="${n}"/><tw:input name="text" value="n=${n}"/><tw:output name="out" as="%s"/>
    </tw:run></extensionElements>%s</serviceTask>
    """
        .formatted(id, id.replace('-', '_') + "Out", more);
  }

  static String userTask(String id) {
    return "<userTask id=\"%s\" name=\"Please ${n}\" tw:candidateGroups=\"office\"/>".formatted(id);
  }

  static String timer(String id, String duration) {
    return "<intermediateCatchEvent id=\"%s\"><timerEventDefinition><timeDuration>%s</timeDuration></timerEventDefinition></intermediateCatchEvent>"
        .formatted(id, duration);
  }

  /** Of a JSON object. */
  static RecordValue object(String json) throws InvalidJsonException {
    return (RecordValue) ValueJson.read(json);
  }

  static BpmnDocument read(byte[] bytes) throws InvalidDefinitionException {
    return BpmnReader.read("test.bpmn", bytes);
  }

  /** Deploys it, and gives its digest. */
  static String deploy(Processes processes, String document) throws Exception {
    byte[] bytes = bytes(document);
    return processes.deploy(TENANT, read(bytes), bytes);
  }
}
