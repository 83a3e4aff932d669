package io.twinflow.workflowdefs.bpmn.load;

import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.around;
import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.assertProblems;
import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.document;
import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.refused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no BPMN, or is not run here: it is told where and how to write it. */
class BadElementsTest {

  private static final String RUN =
      "<extensionElements><tw:run workflow=\"w\"/></extensionElements>";

  @Test
  void theCodeOfStrangersIsRefusedInEveryForm() {
    assertProblems(
        around("<scriptTask id=\"it\" scriptFormat=\"groovy\"><script>x</script></scriptTask>"),
        "p.bpmn:5:1: scriptTask is not run: a script would run code of the document's author"
            + " inside the server.");
    for (String attribute : new String[] {"class", "delegateExpression", "expression"}) {
      assertProblems(
          around(
              "<serviceTask id=\"it\" flowable:%s=\"${x}\">%s</serviceTask>"
                  .formatted(attribute, RUN)),
          "p.bpmn:5:%d: \"%s\" of Flowable at serviceTask is not run. A "
              .formatted(33 + attribute.length(), attribute));
    }
    assertProblems(
        around(
            "<userTask id=\"it\"><extensionElements><flowable:taskListener class=\"x\"/><camunda:executionListener/></extensionElements></userTask>"),
        "p.bpmn:5:38: \"taskListener\" of Flowable at userTask is not run. A listener would run",
        "\"executionListener\" of Camunda");
    assertProblems(
        around(
            "<serviceTask id=\"it\" camunda:type=\"external\" camunda:topic=\"t\">"
                + RUN
                + "</serviceTask>"),
        "\"type\" of Camunda",
        "\"topic\" of Camunda at serviceTask is not run. Nobody fetches external tasks here.");
  }

  /** What Twinflow makes itself has an id with a dollar. */
  @Test
  void idsHaveNoDollar() {
    assertProblems(
        document(
            """
            <startEvent id="s"/><endEvent id="e$"/>
            <sequenceFlow id="s$1" sourceRef="s" targetRef="e$"/>
            """),
        "p.bpmn:4:35: expected an id of letters, digits, \".\", \"_\" and \"-\", at most 200 of them, found \"e$\".",
        "p.bpmn:5:19: expected an id of letters, digits, \".\", \"_\" and \"-\", at most 200 of them, found \"s$1\".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task",
        "manualTask",
        "sendTask",
        "complexGateway",
        "transaction",
        "adHocSubProcess"
      })
  void whatIsNotRunNamesTheWayOut(String element) {
    assertThat(
            refused(around("<%s id=\"it\"/>".formatted(element))).problems().getFirst().toString())
        .startsWith("p.bpmn:5:1: " + element + " is not run: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<userTask id='it'><standardLoopCharacteristics/></userTask> | Draw the loop",
        "<userTask id='it'><potentialOwner/></userTask> | tw:candidateGroups",
        "<userTask id='it'><ioSpecification/></userTask> | tw:input and tw:output",
        "<userTask id='it'><dataInputAssociation><assignment/></dataInputAssociation></userTask> | assignments in data associations",
        "<intermediateCatchEvent id='it'><conditionalEventDefinition/></intermediateCatchEvent> | Wait for a message",
        "<intermediateCatchEvent id='it'><linkEventDefinition/></intermediateCatchEvent> | Draw the sequenceFlow",
        "<intermediateCatchEvent id='it'><compensateEventDefinition/></intermediateCatchEvent> | p.bpmn:5:33: compensateEventDefinition is not run: nothing starts by compensation",
        "<intermediateCatchEvent id='it'><cancelEventDefinition/></intermediateCatchEvent> | only transactions can be cancelled",
        "<serviceTask id='it'><extensionElements><tw:webhook url='https://a.b' secret='${x}'/></extensionElements></serviceTask> | the name of a secret is written out",
        "<intermediateCatchEvent id='it'/> | here can stand: message, signal, timer",
        "<intermediateThrowEvent id='it'><messageEventDefinition messageRef='go'/></intermediateThrowEvent> | with messageEventDefinition is not run",
        "<userTask id='it' startQuantity='2'/> | startQuantity=\"2\" is not run",
        "<eventBasedGateway id='it' instantiate='true'/> | Draw a start event",
        "<serviceTask id='it' operationRef='o'><extensionElements><tw:run workflow='w'/></extensionElements></serviceTask> | Call the service with tw:http",
        "<serviceTask id='it'/> | a serviceTask needs one of tw:run, tw:tool, tw:decide, tw:mail",
        "<serviceTask id='it'><extensionElements><tw:rum workflow='w'/></extensionElements></serviceTask> | tw:rum is no work for a service task; expected one of tw:run, tw:tool, tw:decide, tw:mail, tw:webhook, tw:http. Did you mean \"run\"?",
        "<businessRuleTask id='it'/> | p.bpmn:5:1: a businessRuleTask needs one <tw:decide decision=\"…\"> in its extensionElements (xmlns:tw=\"https://twinflow.io/bpmn#\"), found none. Keep the table",
        "<businessRuleTask id='it'><extensionElements><tw:run workflow='w'/></extensionElements></businessRuleTask> | found tw:run. Keep the table as a document in DMN",
        "<businessRuleTask id='it' implementation='https://dmn.org'><extensionElements><tw:decide decision='d'/></extensionElements></businessRuleTask> | Which table decides is written in its extensionElements",
        "<businessRuleTask id='it' camunda:decisionRef='d'><extensionElements><tw:decide decision='d'/></extensionElements></businessRuleTask> | of Camunda at businessRuleTask is not run. Keep the table",
        "<serviceTask id='it'><extensionElements><tw:decide/></extensionElements></serviceTask> | tw:decide needs decision=",
        "<serviceTask id='it'><extensionElements><tw:decide decision='d'><tw:header name='a' value='b'/></tw:decide></extensionElements></serviceTask> | expected tw:input or tw:output",
        "<serviceTask id='it'><extensionElements><tw:run/></extensionElements></serviceTask> | tw:run needs workflow=",
        "<serviceTask id='it'><extensionElements><tw:run workflow='w' sits='x'/></extensionElements></serviceTask> | tw:run has no attribute sits. Did you mean \"site\"?",
        "<serviceTask id='it'><extensionElements><tw:run workflow='w'><tw:imput/></tw:run></extensionElements></serviceTask> | tw:imput cannot stand in tw:run",
        "<serviceTask id='it'><extensionElements><tw:http method='GOT' url='https://a.b'/></extensionElements></serviceTask> | found \"GOT\"",
        "<serviceTask id='it'><extensionElements><tw:http method='GET' url='file:///etc/passwd'/></extensionElements></serviceTask> | expected a URL such as",
        "<serviceTask id='it'><extensionElements><tw:http method='GET' url='https://me:secret@a.b'/></extensionElements></serviceTask> | Keep it as a secret",
        "<serviceTask id='it'><extensionElements><tw:http method='GET' url='https://a.b'><tw:output name='code'/></tw:http></extensionElements></serviceTask> | a response has status, body, headers",
        "<userTask id='it' candidateGroups='x'/> | userTask has no attribute candidateGroups. Did you mean \"tw:candidateGroups\"?",
        "<userTask id='it' tw:due='tomorrow'/> | expected a date with its offset",
        "<userTask id='it'><extensionElements><tw:form><tw:field name='a b' type='text'/></tw:form></extensionElements></userTask> | expected the name of a variable",
        "<userTask id='it'><extensionElements><tw:form><tw:field name='a' type='txt'/></tw:form></extensionElements></userTask> | Did you mean \"text\"?",
        "<userTask id='it'><extensionElements><tw:form><tw:field name='a' type='choice'/></tw:form></extensionElements></userTask> | needs what can be chosen",
        "<userTask id='it'><exotic/></userTask> | exotic cannot stand in userTask",
        "<receiveTask id='it'/> | receiveTask needs messageRef",
        "<receiveTask id='it' messageRef='og'/> | messageRef=\"og\" leads nowhere",
        "<userTask id='it'><extensionElements><tw:form><tw:field name='a' type='text' required='maybe'/></tw:form></extensionElements></userTask> | expected true or false",
      })
  void oneMistakeGivesOneMessage(String node, String part) {
    assertProblems(around(node.replace('\'', '"')), part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeDuration | 15 minutes | expected a duration of ISO 8601",
        "timeDuration | P2W | Weeks are not read: write P14D.",
        "timeDuration | PT | expected a duration",
        "timeDuration | P | expected a duration",
        "timeDate | 2026-11-21T06:00:00 | expected a date with its offset",
        "timeDate | 2026-02-30T06:00:00Z | expected a date with its offset",
        "timeCycle | PT5M | expected a cycle",
        "timeCycle | R3 | expected a cycle",
        "timeCycle | 0 0 6 * * ? | For cron, start the process by a trigger with a schedule.",
        "timeDuration | ${now()} | found a call",
      })
  void timesThatCannotBeReadAreToldAtTheirPlace(String kind, String time, String part) {
    assertProblems(
        around(
            """
            <intermediateCatchEvent id="it"><timerEventDefinition>
            <%s>%s</%s></timerEventDefinition></intermediateCatchEvent>\
            """
                .formatted(kind, time, kind)),
        part);
    assertThat(
            refused(
                    around(
                        "<intermediateCatchEvent id=\"it\"><timerEventDefinition>\n<%s>%s</%s></timerEventDefinition></intermediateCatchEvent>"
                            .formatted(kind, time, kind)))
                .problems()
                .getFirst()
                .position()
                .line())
        .isEqualTo(6);
  }

  @Test
  void aTimerNeedsOneTime() {
    assertProblems(
        around(
            "<intermediateCatchEvent id=\"it\"><timerEventDefinition/></intermediateCatchEvent>"),
        "expected one of timeDuration, timeDate and timeCycle");
  }

  @Test
  void aProcessMustBeExecutableAndHaveAnId() {
    assertProblems(
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"/>",
        "p.bpmn:1:1: there is no process");
    assertProblems(
        document("").replace(" isExecutable=\"true\"", ""),
        "p.bpmn:3:1: no process of this document can be executed: write isExecutable=\"true\"");
    assertProblems(
        around("<userTask id=\"it\"/>").replace("<process id=\"p\"", "<process"),
        "p.bpmn:3:1: process needs id=\"…\"");
    assertProblems("<bpmn/>", "expected a BPMN 2.0 document");
  }

  @Test
  void whatMustBeUnderstoodAndIsNotIsRefused() {
    assertProblems(
        around("<userTask id=\"it\"/>")
            .replace("<message", "<extension mustUnderstand=\"true\" definition=\"x:y\"/><message"),
        "the extension x:y must be understood");
  }

  @Test
  void drawingsAndWordsOfModellersArePassedOver() throws Exception {
    assertThat(
            BadProcesses.read(
                    around(
                        "<userTask id=\"it\" xmlns:m=\"http://camunda.org/schema/modeler/1.0\" m:colour=\"red\"><extensionElements><m:note/></extensionElements><dataInputAssociation id=\"d\"><sourceRef>x</sourceRef></dataInputAssociation></userTask><dataObject id=\"do\"/>"))
                .processes())
        .hasSize(1);
  }
}
