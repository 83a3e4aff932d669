package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.chain;
import static io.twinflow.engine.bpmn.Documents.deploy;
import static io.twinflow.engine.bpmn.Documents.object;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.run;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How processes move by events, calls and repetition. */
final class ProcessMovesIT extends OwnProcesses {

  @Test
  void anEventThatInterruptsMakesTheAnswerLate() throws Exception {
    String document =
        process(
            "p",
            chain(
                run("calc")
                    + "<boundaryEvent id=\"b\" attachedToRef=\"calc\"><messageEventDefinition messageRef=\"go\"/></boundaryEvent>"
                    + userTask("u")
                    + arrow("b", "u")
                    + arrow("u", "end"),
                "calc"));
    String instance = start(document, "{}");
    Asked asked = onlyAsked();
    processes.message(TENANT, instance, "go", object("{\"why\": \"new data\"}"));
    assertThatThrownBy(() -> processes.message(TENANT, instance, "go", object("{}")))
        .isInstanceOf(ProcessException.class)
        .hasMessageContaining("does not wait for the message \"go\"");
    assertThat(processes.asked(10)).isEmpty();
    assertThat(processes.resume(asked.id(), done("{}"))).isEqualTo(Answered.LATE);
    assertThat(processes.tasks(TENANT, TaskFilter.ALL))
        .extracting(UserTask::activity)
        .containsExactly("u");
  }

  @Test
  void receiveTasksWaitForTheirMessageAndSignalsReachAll() throws Exception {
    String waits =
        "<receiveTask id=\"r\" messageRef=\"go\"/><boundaryEvent id=\"b\" attachedToRef=\"r\"><signalEventDefinition signalRef=\"storm\"/></boundaryEvent>"
            + userTask("u")
            + arrow("b", "u")
            + arrow("u", "end");
    String document = process("p", chain(waits, "r"));
    String one = start(document, "{\"n\": 1}");
    String two = start(document, "{\"n\": 2}");
    String three = start(document, "{\"n\": 3}");
    processes.message(TENANT, one, "go", object("{}"));
    assertThat(phase(one)).isEqualTo(Phase.SUCCEEDED);
    assertThat(processes.signal("s", TENANT, null, "storm", object("{}"))).isEqualTo(2);
    await(() ->
        assertThat(processes.tasks(TENANT, TaskFilter.ALL))
            .extracting(UserTask::instance)
            .containsExactlyInAnyOrder(two, three));
  }

  @Test
  void calledProcessesRepetitionsAndSubProcessesRun() throws Exception {
    String called =
        process("inner", chain(run("work"), "work").replaceAll("(start|end)(?=[\"-])", "inner-$1"));
    String call =
        """
        <callActivity id="call" calledElement="inner">
        <extensionElements><tw:input name="n" value="${item}"/><tw:output name="workOut" as="last"/></extensionElements>
        <multiInstanceLoopCharacteristics isSequential="true"><loopDataInputRef>items</loopDataInputRef><inputDataItem name="item"/></multiInstanceLoopCharacteristics>
        </callActivity>
        <subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>
        <startEvent id="i"/>%s<userTask id="each"/>%s</subProcess>
        """
            .formatted(arrow("i", "each"), "");
    String instance =
        start(
            called + process("p", chain(call, "call", "sub")),
            "{\"items\": [{\"a\": 1.0}, \"b\"]}");
    Asked first = onlyAsked();
    assertThat(first.instance()).isEqualTo(instance);
    assertThat(ValueJson.write(first.payload().get("inputs")))
        .isEqualTo("{\"n\":{\"a\":1.0},\"text\":\"n={\\\"a\\\":1.0}\"}");
    processes.resume(first.id(), done("{\"out\": 1}"));
    Asked second = onlyAsked();
    assertThat(ValueJson.write(second.payload().get("inputs")))
        .isEqualTo("{\"n\":\"b\",\"text\":\"n=b\"}");
    processes.resume(second.id(), done("{\"out\": 2}"));
    List<UserTask> tasks = processes.tasks(TENANT, TaskFilter.ALL);
    assertThat(tasks).hasSize(2);
    for (UserTask task : tasks) {
      processes.complete(TENANT, task.id(), "ann", RecordValue.EMPTY);
    }
    assertThat(phase(instance)).isEqualTo(Phase.SUCCEEDED);
    assertThat(ValueJson.write(processes.variables(TENANT, instance).get("last"))).isEqualTo("2");
  }

  @Test
  void anEscalationIsHeardAroundASubProcess() throws Exception {
    String document =
        "<escalation id=\"late\" escalationCode=\"LATE\"/>"
            + process(
                "p",
                chain(
                    """
                    <subProcess id="sub"><startEvent id="i"/><userTask id="inner"/>%s
                    <boundaryEvent id="t" attachedToRef="inner" cancelActivity="false"><timerEventDefinition><timeDuration>PT0S</timeDuration></timerEventDefinition></boundaryEvent>
                    <endEvent id="told"><escalationEventDefinition escalationRef="late"/></endEvent>%s</subProcess>
                    <boundaryEvent id="heard" attachedToRef="sub" cancelActivity="false"><escalationEventDefinition escalationRef="late"/></boundaryEvent>
                    <userTask id="chief"/>%s
                    """
                        .formatted(
                            arrow("i", "inner"), arrow("t", "told"), arrow("heard", "chief")),
                    "sub"));
    start(document, "{}");
    await(() ->
        assertThat(processes.tasks(TENANT, TaskFilter.ALL))
            .extracting(UserTask::activity)
            .containsExactlyInAnyOrder("inner", "chief"));
  }

  @Test
  void aProcessWithoutAPlainStartIsNotStartedByHand() throws Exception {
    String document =
        process(
            "p",
            chain(userTask("u"), "u")
                .replace(
                    "<startEvent id=\"start\"/>",
                    "<startEvent id=\"start\"><signalEventDefinition signalRef=\"storm\"/></startEvent>"));
    String digest = deploy(processes, document);
    assertThatThrownBy(() -> processes.start(TENANT, digest, "p", "key", object("{}")))
        .isInstanceOf(ProcessException.class)
        .hasMessageContaining("it begins by a message, a signal or a timer only");
    assertThat(processes.signal("key", TENANT, null, "storm", object("{\"n\": 3}"))).isZero();
  }
}
