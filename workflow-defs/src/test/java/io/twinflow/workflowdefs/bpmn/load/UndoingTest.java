package io.twinflow.workflowdefs.bpmn.load;

import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.assertProblems;
import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.document;
import static io.twinflow.workflowdefs.bpmn.load.BadProcesses.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import org.junit.jupiter.api.Test;

/** What undoes what, and what of it is not run. */
class UndoingTest {

  private static final String START = "<startEvent id=\"s\"/><userTask id=\"book\"/>\n";
  private static final String EVENT =
      "<boundaryEvent id=\"done\" attachedToRef=\"book\"><compensateEventDefinition/></boundaryEvent>\n";
  private static final String HANDLER = "<userTask id=\"refund\" isForCompensation=\"true\"/>\n";
  private static final String ASSOCIATION =
      "<association id=\"as\" sourceRef=\"done\" targetRef=\"refund\"/>\n";
  private static final String THROW =
      "<intermediateThrowEvent id=\"undo\"><compensateEventDefinition activityRef=\"book\"/></intermediateThrowEvent>\n";
  private static final String END =
      """
      <endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="book"/>
      <sequenceFlow id="f2" sourceRef="book" targetRef="undo"/><sequenceFlow id="f3" sourceRef="undo" targetRef="e"/>
      """;

  /** Lines 4 (start and task), 5 (event), 6 (handler), 7 (association), 8 (throw). */
  private static String all() {
    return document(START + EVENT + HANDLER + ASSOCIATION + THROW + END);
  }

  private static String changed(String part, String by) {
    assertThat(all()).contains(part);
    return all().replace(part, by);
  }

  private static String with(String more) {
    return document(START + EVENT + HANDLER + ASSOCIATION + THROW + END + more);
  }

  private static FlowScope scope(String document) throws Exception {
    return read(document).processes().getFirst().body();
  }

  @Test
  void anActivityKnowsWhatUndoesIt() throws Exception {
    FlowScope scope =
        scope(
            with(
                """
                <textAnnotation id="note"/><association id="a2" sourceRef="done" targetRef="note"/>
                <association id="a3" sourceRef="note" targetRef="done"/><association id="a4" sourceRef="book" targetRef="note"/>
                """));
    assertThat(scope.handlers()).containsOnlyKeys("book");
    FlowNode.Activity handler = scope.handlers().get("book");
    assertThat(handler.id()).isEqualTo("refund");
    assertThat(handler.traits().forCompensation()).isTrue();
    assertThat(scope.nodes())
        .filteredOn(FlowNode.ThrowEvent.class::isInstance)
        .extracting(node -> ((FlowNode.ThrowEvent) node).event())
        .containsExactly(new EventDefinition.Compensation("book"));
    assertThat(read(all()).warnings()).isEmpty();
  }

  @Test
  void anEndUndoesAllOfItsScopeAndOneHandlerMayServeTwo() throws Exception {
    FlowScope scope =
        scope(
            document(
                """
                <startEvent id="s"/><subProcess id="book"><startEvent id="i"/><userTask id="in"/>
                <sequenceFlow id="i1" sourceRef="i" targetRef="in"/></subProcess><callActivity id="call" calledElement="q"/>
                <boundaryEvent id="b1" attachedToRef="book"><compensateEventDefinition/></boundaryEvent>
                <boundaryEvent id="b2" attachedToRef="call"><compensateEventDefinition waitForCompletion="true"/></boundaryEvent>
                <subProcess id="refund" isForCompensation="true"><startEvent id="j"/><userTask id="within"/>
                <sequenceFlow id="j1" sourceRef="j" targetRef="within"/></subProcess>
                <association id="a1" sourceRef="b1" targetRef="refund"/><association id="a2" sourceRef="b2" targetRef="refund"/>
                <sequenceFlow id="f1" sourceRef="s" targetRef="book"/><sequenceFlow id="f2" sourceRef="book" targetRef="call"/>
                <sequenceFlow id="f3" sourceRef="call" targetRef="e"/>
                <endEvent id="e"><compensateEventDefinition waitForCompletion="true"/></endEvent></process>
                <process id="q" isExecutable="true"><startEvent id="qs"/><userTask id="qu"/><sequenceFlow id="qf" sourceRef="qs" targetRef="qu"/>
                """));
    assertThat(scope.handlers()).containsOnlyKeys("book", "call");
    assertThat(scope.handlers().values()).extracting(FlowNode::id).containsOnly("refund");
  }

  @Test
  void whatIsUndoneMustHaveWhatUndoesIt() {
    assertProblems(
        changed(ASSOCIATION, "\n").replace(HANDLER, "\n").replace(THROW, EVENT_FREE),
        "p.bpmn:5:1: nothing undoes \"book\": draw an association from \"done\" to an activity with isForCompensation=\"true\"");
    assertProblems(
        changed(ASSOCIATION, "\n"),
        "p.bpmn:5:1: nothing undoes \"book\"",
        "p.bpmn:6:1: \"refund\" undoes nothing: no association leads to it",
        "p.bpmn:8:1: activityRef=\"book\" cannot be undone");
    assertProblems(
        changed("targetRef=\"refund\"", "targetRef=\"refnd\""),
        "p.bpmn:7:1: targetRef=\"refnd\" leads nowhere: expected an activity with isForCompensation=\"true\" in the same process or sub-process. Did you mean \"refund\"?",
        "p.bpmn:6:1: \"refund\" undoes nothing",
        "p.bpmn:8:1: activityRef=\"book\" cannot be undone");
    assertProblems(
        changed(" isForCompensation=\"true\"", ""),
        "p.bpmn:7:1: \"refund\" cannot undo: the association of a compensateEventDefinition leads to an activity with isForCompensation=\"true\".");
    assertProblems(
        changed(
            "sourceRef=\"done\" targetRef=\"refund\"", "sourceRef=\"refund\" targetRef=\"done\""),
        "p.bpmn:7:1: the association leads from \"refund\" to the boundaryEvent \"done\": turn it");
    assertProblems(
        with(
            "<userTask id=\"other\" isForCompensation=\"true\"/><association id=\"a2\" sourceRef=\"done\" targetRef=\"other\"/>"),
        "p.bpmn:11:48: \"book\" is undone by one activity, found a second. Make it a subProcess");
    assertProblems(
        with(
            "<boundaryEvent id=\"b2\" attachedToRef=\"book\"><compensateEventDefinition/></boundaryEvent><association id=\"a2\" sourceRef=\"b2\" targetRef=\"refund\"/>"),
        "p.bpmn:11:1: \"book\" has one boundaryEvent with compensateEventDefinition, found a second.");
  }

  private static final String EVENT_FREE = "<intermediateThrowEvent id=\"undo\"/>\n";

  @Test
  void whatUndoesStandsAside() {
    assertProblems(
        with("<sequenceFlow id=\"x\" sourceRef=\"refund\" targetRef=\"e\"/>"),
        "p.bpmn:11:1: no arrow can leave \"refund\": it undoes");
    assertProblems(
        with("<sequenceFlow id=\"x\" sourceRef=\"book\" targetRef=\"refund\"/>"),
        "p.bpmn:11:1: no arrow can lead to \"refund\": it undoes");
    assertProblems(
        with("<sequenceFlow id=\"x\" sourceRef=\"done\" targetRef=\"e\"/>"),
        "p.bpmn:11:1: no arrow can leave \"done\": an association leads from it");
    assertProblems(
        with(
            "<boundaryEvent id=\"b2\" attachedToRef=\"refund\"><errorEventDefinition/></boundaryEvent><sequenceFlow id=\"x\" sourceRef=\"b2\" targetRef=\"e\"/>"),
        "p.bpmn:11:1: nothing can be attached to \"refund\", which undoes. Make it a subProcess");
    assertProblems(
        changed(
            HANDLER,
            "<subProcess id=\"refund\" isForCompensation=\"true\" triggeredByEvent=\"true\"><startEvent id=\"j\"><messageEventDefinition messageRef=\"go\"/></startEvent><userTask id=\"k\"/><sequenceFlow id=\"l\" sourceRef=\"j\" targetRef=\"k\"/></subProcess>\n"),
        "p.bpmn:6:1: an event starts \"refund\", so it cannot undo.");
    assertProblems(
        changed(
            HANDLER,
            "<subProcess id=\"refund\" isForCompensation=\"true\"><startEvent id=\"j\"/><sequenceFlow id=\"l\" sourceRef=\"j\" targetRef=\"k\"/>"
                + "<endEvent id=\"k\"><compensateEventDefinition/></endEvent></subProcess>\n"),
        "p.bpmn:6:120: \"k\" stands in \"refund\", which undoes, and nothing can be undone in it.");
  }

  @Test
  void repetitionsAreUndoneAsAWhole() {
    assertProblems(
        changed(
            "<userTask id=\"book\"/>",
            "<userTask id=\"book\"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask>"),
        "p.bpmn:5:1: \"book\" is repeated, and is not undone one by one. Put it into a subProcess");
  }

  @Test
  void whoThrowsHasSomethingToUndo() {
    assertProblems(
        changed("activityRef=\"book\"", "activityRef=\"bok\""),
        "p.bpmn:8:1: activityRef=\"bok\" cannot be undone: expected an activity of the same process or sub-process, with a boundaryEvent with compensateEventDefinition. Did you mean \"book\"?");
    assertProblems(
        changed(EVENT, "\n")
            .replace(HANDLER, "\n")
            .replace(ASSOCIATION, "\n")
            .replace(" activityRef=\"book\"", ""),
        "p.bpmn:8:1: \"undo\" has nothing to undo");
    assertProblems(
        changed("activityRef=\"book\"", "waitForCompletion=\"false\""),
        "p.bpmn:8:81: waitForCompletion=\"false\" is not run. The process goes on when all is undone.");
  }

  private static String within(String subProcess, String thrown) {
    return document(
        """
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="sub"/><sequenceFlow id="f2" sourceRef="sub" targetRef="e"/>
        %s
        %s%s%s%s</subProcess>
        %s
        """
            .formatted(
                subProcess,
                START + "<sequenceFlow id=\"in\" sourceRef=\"s2\" targetRef=\"book\"/>",
                EVENT,
                HANDLER,
                ASSOCIATION,
                thrown)
            .replace("<startEvent id=\"s\"/><userTask", "<startEvent id=\"s2\"/><userTask"));
  }

  @Test
  void aSubProcessIsUndoneFromOutsideByItsOwnHandlerOnly() throws Exception {
    String end = "<endEvent id=\"e\"><compensateEventDefinition/></endEvent>";
    assertProblems(
        within("<subProcess id=\"sub\">", end),
        "p.bpmn:11:1: activities in \"sub\" can be undone, but not from outside of it. Attach a boundaryEvent with compensateEventDefinition to \"sub\" itself");
    assertProblems(
        within(
            "<subProcess id=\"sub\">",
            "<endEvent id=\"e\"><compensateEventDefinition activityRef=\"sub\"/></endEvent>"),
        "p.bpmn:11:1: activityRef=\"sub\" cannot be undone");
    String whole =
        """
        <boundaryEvent id="b2" attachedToRef="sub"><compensateEventDefinition/></boundaryEvent>
        <userTask id="whole" isForCompensation="true"/><association id="a2" sourceRef="b2" targetRef="whole"/>
        """;
    assertThat(scope(within("<subProcess id=\"sub\">", end + whole)).handlers())
        .containsOnlyKeys("sub");
  }

  @Test
  void nothingIsUndoneInAnEventSubProcess() {
    String inner =
        """
        <subProcess id="sub" triggeredByEvent="true"><startEvent id="j"><messageEventDefinition messageRef="go"/></startEvent>
        <sequenceFlow id="l" sourceRef="j" targetRef="k"/>
        <endEvent id="k"><compensateEventDefinition/></endEvent></subProcess>
        """;
    assertProblems(
        with(inner), "p.bpmn:13:1: nothing is undone in an event sub-process. Catch the event");
    assertProblems(
        with(
            "<subProcess id=\"sub\" triggeredByEvent=\"true\"><startEvent id=\"j\"><compensateEventDefinition/></startEvent></subProcess>"),
        "compensateEventDefinition is not run: nothing starts by compensation");
  }

  @Test
  void whatIsDeployedForUndoingHasABound() {
    StringBuilder many = new StringBuilder();
    String before = "undo";
    for (int i = 0; i < 1_000; i++) {
      many.append(
          "<intermediateThrowEvent id=\"t%d\"><compensateEventDefinition/></intermediateThrowEvent><sequenceFlow id=\"g%d\" sourceRef=\"%s\" targetRef=\"t%d\"/>\n"
              .formatted(i, i, before, i));
      before = "t" + i;
    }
    assertProblems(
        with(many.toString()),
        "p.bpmn:3:1: what undoes in \"p\" would be deployed with 1,001 nodes, once for each event that throws, at most 1,000 are.");
  }

  @Test
  void whatTwinflowKeepsIsGivenToNoCalledProcess() {
    assertProblems(
        with(
            """
            <callActivity id="call" calledElement="q"><extensionElements xmlns:tw="https://twinflow.io/bpmn#">
            <tw:output name="twinflow.completed" as="x"/></extensionElements></callActivity>
            <sequenceFlow id="x" sourceRef="book" targetRef="call"/></process>
            <process id="q" isExecutable="true"><startEvent id="qs"/><userTask id="qu"/><sequenceFlow id="qf" sourceRef="qs" targetRef="qu"/>
            """),
        "p.bpmn:12:1: what begins with \"twinflow.\" is kept by Twinflow itself");
  }
}
