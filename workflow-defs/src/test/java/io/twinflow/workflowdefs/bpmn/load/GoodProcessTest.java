package io.twinflow.workflowdefs.bpmn.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.bpmn.BpmnProcess;
import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.FormField;
import io.twinflow.workflowdefs.bpmn.Output;
import io.twinflow.workflowdefs.bpmn.Work;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process with everything that is run. */
class GoodProcessTest {

  private BpmnDocument document;
  private BpmnProcess process;

  @BeforeEach
  void read() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/bpmn/flood-warning.bpmn")) {
      document = BpmnReader.read("flood-warning.bpmn", in.readAllBytes());
    }
    process = document.processes().getFirst();
  }

  private <T extends FlowNode> T node(Class<T> type, String id) {
    return process.body().all().stream()
        .map(FlowScope::nodes)
        .flatMap(List::stream)
        .filter(node -> node.id().equals(id))
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itsVersionIsTheDigestOfItsBytes() {
    assertThat(document.digest()).matches("[0-9a-f]{64}");
    assertThat(document.warnings()).isEmpty();
    assertThat(document.processes())
        .extracting(BpmnProcess::id)
        .containsExactly("flood-warning", "informing");
  }

  @Test
  void itTellsWhatItIsStartedWith() {
    assertThat(process.inputs())
        .containsExactly(
            new FormField("gauge", FormField.Type.FILE, "Readings", true, List.of()),
            new FormField("threshold", FormField.Type.NUMBER, "threshold", false, List.of()));
  }

  @Test
  void serviceTasksKnowTheirWork() {
    Work.RunWorkflow run = (Work.RunWorkflow) node(FlowNode.ServiceTask.class, "forecast").work();
    assertThat(run.workflow().text()).isEqualTo("flood-forecast");
    assertThat(run.inputs()).extracting(input -> input.name()).containsExactly("readings", "label");
    assertThat(run.outputs()).containsExactly(new Output("level", "level"));

    Work.RunTool tool = (Work.RunTool) node(FlowNode.ServiceTask.class, "rain").work();
    assertThat(tool.site().text()).isEqualTo("hpc");
    assertThat(tool.outputs()).containsExactly(new Output("sum", "rainSum"));

    Work.SendMail mail = (Work.SendMail) node(FlowNode.ServiceTask.class, "remind").work();
    assertThat(mail.to())
        .extracting(to -> to.text())
        .containsExactly("duty@example.org", "${chief}");
    assertThat(mail.text().text()).isEqualTo("The level is ${level} m.");

    Work.CallHttp http = (Work.CallHttp) node(FlowNode.ServiceTask.class, "publish").work();
    assertThat(http.method()).isEqualTo("POST");
    assertThat(http.secret()).isEqualTo("warning-token");
    assertThat(http.body().text()).isEqualTo("{\"colour\": \"${colour}\"}");

    Work.SendWebhook hook = (Work.SendWebhook) node(FlowNode.ServiceTask.class, "withdraw").work();
    assertThat(hook.fields()).extracting(field -> field.name()).containsExactly("region");
  }

  @Test
  void aTableIsAskedByEitherKindOfTask() throws Exception {
    for (String task : List.of("serviceTask", "businessRuleTask")) {
      BpmnProcess asks =
          BpmnReader.read(
                  "p.bpmn",
                  """
                  <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tw="https://twinflow.io/bpmn#">
                  <process id="p" isExecutable="true"><startEvent id="s"/><%1$s id="ask"><extensionElements>
                  <tw:decide decision="alarm-${region}"><tw:input name="level" value="${level}"/>
                  <tw:output name="colour"/><tw:output name="who" as="people"/></tw:decide>
                  </extensionElements></%1$s><endEvent id="e"/>
                  <sequenceFlow id="a" sourceRef="s" targetRef="ask"/><sequenceFlow id="b" sourceRef="ask" targetRef="e"/>
                  </process></definitions>
                  """
                      .formatted(task)
                      .getBytes(StandardCharsets.UTF_8))
              .processes()
              .getFirst();
      Work.Decide decide = (Work.Decide) ((FlowNode.ServiceTask) asks.body().nodes().get(1)).work();
      assertThat(decide.decision().text()).isEqualTo("alarm-${region}");
      assertThat(decide.inputs()).extracting(input -> input.name()).containsExactly("level");
      assertThat(decide.outputs())
          .containsExactly(new Output("colour", "colour"), new Output("who", "people"));
    }
  }

  @Test
  void peopleKnowTheirTasks() {
    FlowNode.UserTask task = node(FlowNode.UserTask.class, "confirm");
    assertThat(task.assignment().candidateGroups())
        .extracting(group -> group.text())
        .containsExactly("hydrologists", "${region}-office");
    assertThat(task.assignment().due().text()).isEqualTo("PT2H");
    assertThat(task.form().getLast().options()).containsExactly("yellow", "red");
  }

  @Test
  void eventsCarryNamesAndCodesInsteadOfReferences() {
    assertThat(node(FlowNode.BoundaryEvent.class, "no-compute").event())
        .isEqualTo(new EventDefinition.BpmnError("INFRASTRUCTURE"));
    assertThat(node(FlowNode.ReceiveTask.class, "cleared").message()).isEqualTo("all clear");
    assertThat(node(FlowNode.StartEvent.class, "storm-start").event())
        .isEqualTo(new EventDefinition.Signal("storm"));
    FlowNode.BoundaryEvent overdue = node(FlowNode.BoundaryEvent.class, "overdue");
    assertThat(overdue.interrupting()).isFalse();
    assertThat(((EventDefinition.Timer) overdue.event()).form())
        .isEqualTo(EventDefinition.Timer.Form.CYCLE);
  }

  @Test
  void repetitionsAndCallsAreRead() {
    FlowNode.CallActivity call = node(FlowNode.CallActivity.class, "inform");
    assertThat(call.process()).isEqualTo("informing");
    assertThat(call.traits().repetition().sequential()).isTrue();
    assertThat(call.traits().repetition().items()).isEqualTo("towns");
    assertThat(call.traits().repetition().item()).isEqualTo("town");
    assertThat(call.outputs()).containsExactly(new Output("answer", "answer"));
  }
}
