package io.twinflow.workflowdefs.bpmn.load;

import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.around;
import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.assertProblems;
import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.document;
import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.read;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrows and references that lead nowhere, nodes that no way leads to, and ways without an end. */
class BadArrowsTest {

  private static final String FORK =
      """
      <exclusiveGateway id="it"%s/>
      <sequenceFlow id="c" sourceRef="it" targetRef="e2">%s</sequenceFlow><endEvent id="e2"/>
      """;

  private static String condition(String text) {
    return "<conditionExpression>" + text + "</conditionExpression>";
  }

  private static String repeated(String activity, String loop) {
    return around(
        activity.replace(
            "|",
            "<multiInstanceLoopCharacteristics>" + loop + "</multiInstanceLoopCharacteristics>"));
  }

  @Test
  void referencesThatLeadNowhereNameTheNearest() {
    assertProblems(
        document(
            """
            <startEvent id="begin"/><userTask id="ask" default="ff"/><endEvent id="end"/>
            <sequenceFlow id="f" sourceRef="begin" targetRef="akk"/>
            <sequenceFlow id="g" sourceRef="ask" targetRef="end"/>
            <boundaryEvent id="b" attachedToRef="aks"><errorEventDefinition errorRef="brokne"/></boundaryEvent>
            """),
        "p.bpmn:7:75: errorRef=\"brokne\" leads nowhere: expected the id of an error beside the processes. Did you mean \"broken\"?");
    assertProblems(
        document(
            """
            <startEvent id="begin"/><userTask id="ask" default="ff"/><endEvent id="end"/>
            <sequenceFlow id="f" sourceRef="begin" targetRef="akk"/>
            <sequenceFlow id="gg" sourceRef="ask" targetRef="end"/>
            <boundaryEvent id="b" attachedToRef="end"><errorEventDefinition/></boundaryEvent>
            <boundaryEvent id="c" attachedToRef="aks"><errorEventDefinition/></boundaryEvent>
            <callActivity id="call" calledElement="q"/>
            """),
        "p.bpmn:5:1: targetRef=\"akk\" leads nowhere",
        "Did you mean \"ask\"?",
        "p.bpmn:4:25: default=\"ff\" is no sequenceFlow that leaves \"ask\".",
        "p.bpmn:7:1: attachedToRef=\"end\" is no activity",
        "p.bpmn:8:1: attachedToRef=\"aks\" leads nowhere",
        "p.bpmn:9:1: calledElement=\"q\" is no executable process of this document");
  }

  @Test
  void idsStandOnce() {
    assertProblems(
        around("<userTask id=\"it\"/><userTask id=\"it\"/>"),
        "p.bpmn:5:34: the id \"it\" stands twice; the first is at line 5.");
  }

  @Test
  void arrowsDoNotCrossTheBorderOfASubProcess() {
    assertProblems(
        around(
            """
            <subProcess id="it"><startEvent id="i"/><sequenceFlow id="x" sourceRef="i" targetRef="e"/></subProcess>\
            """),
        "targetRef=\"e\" leads nowhere: there is no such node in this process or sub-process");
  }

  @Test
  void whatNoWayLeadsToIsTold() {
    assertProblems(
        around("<userTask id=\"it\"/><userTask id=\"lost\"/>"),
        "p.bpmn:5:20: no way leads from a startEvent to \"lost\"");
  }

  @Test
  void deadEndsThatAreNoEndsAreTold() {
    assertProblems(
        document(
            "<startEvent id=\"s\"/><parallelGateway id=\"g\"/><sequenceFlow id=\"a\" sourceRef=\"s\" targetRef=\"g\"/>"),
        "p.bpmn:4:21: no arrow leaves \"g\"");
    assertProblems(document("<startEvent id=\"s\"/>"), "no arrow leaves \"s\"");
    assertProblems(
        document("<userTask id=\"u\"/>"),
        "has no startEvent",
        "no way leads from a startEvent to \"u\"");
  }

  @Test
  void gatewaysThatChooseNeedConditions() throws Exception {
    assertProblems(
        around(FORK.formatted(" default=\"b\"", "")),
        "the arrow \"c\" leaves a gateway that chooses, and has no conditionExpression");
    assertProblems(
        around(FORK.formatted(" default=\"c\"", condition("${x}"))),
        "the arrow \"c\" is the default of \"it\"",
        "the arrow \"b\" leaves a gateway");
    assertProblems(
        around(FORK.formatted(" default=\"b\"", condition("always"))),
        "p.bpmn:6:73: expected a condition such as ${level > 3.5}, found \"always\".");
    assertThat(read(around(FORK.formatted(" default=\"b\"", condition("${x}")))).warnings())
        .isEmpty();
  }

  @Test
  void aChoiceWithoutDefaultIsOnlyDoubtful() throws Exception {
    String both =
        around(FORK.formatted("", condition("${x}")))
            .replace(
                "targetRef=\"e\"/>", "targetRef=\"e\">" + condition("${!x}") + "</sequenceFlow>");
    assertThat(read(both).warnings())
        .singleElement()
        .satisfies(w -> assertThat(w.message()).contains("Name one of its arrows as default"));
  }

  @Test
  void conditionsThatAreNeverLookedAtAreTold() {
    assertProblems(
        around("<userTask id=\"it\"/>")
            .replace(
                "targetRef=\"it\"/>", "targetRef=\"it\">" + condition("${x}") + "</sequenceFlow>"),
        "the condition of \"a\" is never looked at");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${''.getClass().forName('java.lang.Runtime')} | found a call",
        "${execution.setVariable('a', 1)} | found a call",
        "${runtimeService.deleteProcessInstance(x)} | found a call",
        "${system:exit(1)} | expected an operator or the end",
        "${x = 1} | which has no meaning here",
        "${x -> x} | ",
        "${[1,2].stream()} | expected a variable",
        "#{x} | expected a condition",
        "${x | is not closed",
        "${} | expected a variable",
        "${'a} | is not closed",
      })
  void expressionsThatAreMoreThanExpressionsAreRefused(String text, String part) {
    assertProblems(
        around(
            FORK.formatted(
                " default=\"b\"", condition(text.replace("&", "&amp;").replace(">", "&gt;")))),
        part == null ? "" : part);
  }

  @Test
  void circlesInWhichNothingWaitsAreRefused() throws Exception {
    String circle =
        """
        <exclusiveGateway id="it" default="b"/><sequenceFlow id="c" sourceRef="it" targetRef="on"><conditionExpression>${x}</conditionExpression></sequenceFlow>
        <%s id="on"%s/><sequenceFlow id="d" sourceRef="on" targetRef="it"/>
        """;
    assertProblems(
        around(circle.formatted("intermediateThrowEvent", "")),
        "\"it\" stands in or behind a circle in which nothing waits");
    assertThat(read(around(circle.formatted("userTask", ""))).warnings()).isEmpty();
  }

  @Test
  void circlesOverAnErrorAreRefusedIfNothingWaitsBeforeIt() throws Exception {
    String circle =
        """
        <subProcess id="it"><startEvent id="i"/>%s<endEvent id="fails"><errorEventDefinition errorRef="broken"/></endEvent>%s</subProcess>
        <boundaryEvent id="caught" attachedToRef="it"><errorEventDefinition/></boundaryEvent>
        <sequenceFlow id="back" sourceRef="caught" targetRef="it"/>
        """;
    String direct = "<sequenceFlow id=\"i-f\" sourceRef=\"i\" targetRef=\"fails\"/>";
    assertProblems(
        around(circle.formatted("", direct)),
        "\"it\" stands in or behind a circle in which nothing waits");
    String task =
        "<sequenceFlow id=\"i-u\" sourceRef=\"i\" targetRef=\"u\"/><sequenceFlow id=\"u-f\" sourceRef=\"u\" targetRef=\"fails\"/>";
    assertThat(read(around(circle.formatted("<userTask id=\"u\"/>", task))).warnings()).isEmpty();
  }

  @Test
  void processesDoNotCallThemselves() {
    assertProblems(
        around("<callActivity id=\"it\" calledElement=\"p\"/>"),
        "\"p\" calls \"p\", which calls it again");
  }

  @Test
  void manyParallelOnesAreSentToAScatter() throws Exception {
    String service =
        "<serviceTask id=\"it\"><extensionElements><tw:run workflow=\"w\"/></extensionElements>|</serviceTask>";
    String list = "<loopDataInputRef>items</loopDataInputRef>";
    assertProblems(
        repeated(service, "<loopCardinality>101</loopCardinality>"),
        "\"it\" would go 101 times in parallel, at most 100 are run. Let one tw:run call a workflow with a scatter");
    assertProblems(repeated(service, list), "how often \"it\" goes in parallel is not known");
    assertProblems(
        repeated(service, "<loopCardinality>${n}</loopCardinality>"),
        "with a scatter over the items");
    assertProblems(
        repeated(service, "<loopCardinality>0</loopCardinality>"),
        "expected a whole number from 1 on",
        "is not known");
    assertProblems(repeated(service, ""), "expected either loopCardinality");
    assertThat(read(repeated(service, "<loopCardinality>100</loopCardinality>")).processes())
        .hasSize(1);
    assertThat(read(repeated("<userTask id=\"it\">|</userTask>", list)).processes()).hasSize(1);
    assertThat(
            read(repeated(service, list)
                    .replace(
                        "<multiInstanceLoopCharacteristics>",
                        "<multiInstanceLoopCharacteristics isSequential=\"true\">"))
                .processes())
        .hasSize(1);
  }

  @Test
  void parallelOnesWithinParallelOnesAreMultiplied() {
    String eleven =
        "<multiInstanceLoopCharacteristics><loopCardinality>11</loopCardinality></multiInstanceLoopCharacteristics>";
    assertProblems(
        around(
            "<subProcess id=\"it\">"
                + eleven
                + "<startEvent id=\"i\"/><sequenceFlow id=\"x\" sourceRef=\"i\" targetRef=\"u\"/><userTask id=\"u\">"
                + eleven
                + "</userTask></subProcess>"),
        "\"u\" would go 121 times in parallel");
  }

  @Test
  void errorsThatNothingThrowsAreTold() {
    assertProblems(
        around(
                "<serviceTask id=\"it\"><extensionElements><tw:run workflow=\"w\"/></extensionElements></serviceTask><boundaryEvent id=\"x\" attachedToRef=\"it\"><errorEventDefinition errorRef=\"broken\"/></boundaryEvent><sequenceFlow id=\"y\" sourceRef=\"x\" targetRef=\"e\"/>")
            .replace("errorCode=\"TASK\"", "errorCode=\"TAKS\""),
        "nothing in \"it\" fails with the error \"TAKS\"; work fails with one of USER, TASK");
  }

  @Test
  void theFirstOfSeveralEventsMustBeWaitedFor() {
    assertProblems(
        around("<eventBasedGateway id=\"it\"/>"),
        "\"e\" must be an intermediateCatchEvent, or a receiveTask");
  }
}
