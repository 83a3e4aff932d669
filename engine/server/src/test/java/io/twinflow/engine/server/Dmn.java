package io.twinflow.engine.server;

import java.net.http.HttpResponse;

/** A table to try: a level makes a colour and a threshold, and below 3 nothing. */
final class Dmn {

  static final String TYPE = "application/xml";

  private Dmn() {}

  /**
   * @param red the level from which on it is red
   */
  static String alarm(String red) {
    return """
    <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="alarms" name="Alarms" namespace="https://example.org/alarms">
    <inputData id="level-in" name="level"><variable name="level" typeRef="number"/></inputData>
    <decision id="alarm" name="Alarm level"><variable name="alarm"/>
    <informationRequirement id="needs"><requiredInput href="#level-in"/></informationRequirement>
    <decisionTable id="table" hitPolicy="UNIQUE">
    <input id="in"><inputExpression id="in-expression" typeRef="number"><text>level</text></inputExpression></input>
    <output id="colour" name="colour" typeRef="string"/><output id="threshold" name="threshold" typeRef="number"/>
    <rule id="watch"><inputEntry id="a"><text>[3..%s)</text></inputEntry>
    <outputEntry id="b"><text>"yellow"</text></outputEntry><outputEntry id="c"><text>3.50</text></outputEntry></rule>
    <rule id="severe"><inputEntry id="d"><text>&gt;= %s</text></inputEntry>
    <outputEntry id="e"><text>"red"</text></outputEntry><outputEntry id="f"><text>level</text></outputEntry></rule>
    </decisionTable></decision></definitions>
    """
        .formatted(red, red);
  }

  static HttpResponse<String> keep(TestServer server, String name, String document)
      throws Exception {
    return Bpmn.keep(server, TYPE, name, document);
  }

  /** Asks a table, and keeps what it tells. */
  static String decide(String task, String id, String decision, String level) {
    return """
    <%1$s id="%2$s"><extensionElements><tw:decide decision="%3$s">
    <tw:input name="level" value="%4$s"/><tw:output name="colour"/><tw:output name="threshold" as="limit"/>
    </tw:decide></extensionElements></%1$s>
    """
        .formatted(task, id, decision, level);
  }
}
