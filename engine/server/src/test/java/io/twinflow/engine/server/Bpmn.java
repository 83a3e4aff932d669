package io.twinflow.engine.server;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Processes to try; nodes are chained in the order in which they are named. */
final class Bpmn {

  /** Says what it is given; fails if that is {@code fail}. */
  static final String ECHO =
      """
      {"cwlVersion": "v1.2", "class": "CommandLineTool",
       "requirements": [{"class": "InlineJavascriptRequirement"}],
       "baseCommand": ["sh", "-c", "if [ $0 = fail ]; then exit 3; fi; printf %s $0 > out.txt"],
       "inputs": {"word": {"type": "string", "inputBinding": {}}},
       "outputs": {"said": {"type": "string", "outputBinding":
         {"glob": "out.txt", "loadContents": true, "outputEval": "$(self[0].contents)"}}}}
      """;

  private static final String BEFORE =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tw="https://twinflow.io/bpmn#">
      <message id="go" name="go"/><signal id="storm" name="storm"/><error id="task" errorCode="TASK"/>
      """;

  private Bpmn() {}

  static String document(String id, String form, String body) {
    return BEFORE
        + "<process id=\"%s\" isExecutable=\"true\">%s%s</process></definitions>"
            .formatted(
                id,
                form.isEmpty()
                    ? ""
                    : "<extensionElements><tw:form>" + form + "</tw:form></extensionElements>",
                body);
  }

  static String field(String name, String type) {
    return "<tw:field name=\"%s\" type=\"%s\" required=\"true\"/>".formatted(name, type);
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

  /** Runs a workflow with a word, and keeps what it says. */
  static String run(String id, String workflow, String word, String variable) {
    return """
    <serviceTask id="%s"><extensionElements><tw:run workflow="%s">
    <tw:input name="word" value="%s"/><tw:output name="said" as="%s"/>
    </tw:run></extensionElements></serviceTask>
    """
        .formatted(id, workflow, word, variable);
  }

  static String userTask(String id, String attributes, String form) {
    return "<userTask id=\"%s\" name=\"Please %s\" %s><extensionElements><tw:form>%s</tw:form></extensionElements></userTask>"
        .formatted(id, id, attributes, form);
  }

  static String timer(String id, String duration) {
    return "<intermediateCatchEvent id=\"%s\"><timerEventDefinition><timeDuration>%s</timeDuration></timerEventDefinition></intermediateCatchEvent>"
        .formatted(id, duration);
  }

  static HttpResponse<String> keep(TestServer server, String type, String name, String document)
      throws Exception {
    return server.send(
        server
            .to("/api/v1/workflows?name=" + name)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(document)));
  }
}
