package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.chain;
import static io.twinflow.engine.bpmn.Documents.deploy;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.run;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ExclusiveGateway;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.UserTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Documents and values that want to run code in the server. */
class HostileProcessIT {

  @RegisterExtension final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Processes processes;
  private Path trace;
  private List<String> attacks;

  @BeforeEach
  void open() {
    processes = new Processes(database.plain(), new BpmnSettings(1, 4, Duration.ofMillis(100), 1));
    trace = folder.resolve("trace");
    String touch = "touch " + trace;
    attacks =
        List.of(
            "${''.getClass().forName('java.lang.Runtime').getMethods()[6].invoke(null).exec('%s')}"
                .formatted(touch),
            "${''['class'].forName('java.lang.Runtime').getRuntime().exec('%s')}".formatted(touch),
            "${execution.getEngineServices().getRuntimeService().deleteProcessInstance('x', '')}",
            "${processEngineConfiguration.getDataSource().getConnection().close()}",
            "${variables:put('a', 'b')}",
            "#{''.getClass().forName('java.lang.Runtime').getRuntime().exec('%s')}"
                .formatted(touch));
  }

  @AfterEach
  void close() {
    processes.close();
  }

  @Test
  void attacksAreRefusedWhenADocumentIsRead() {
    for (String attack : attacks) {
      String gateway =
          "<exclusiveGateway id=\"g\" default=\"g-end\"/><sequenceFlow id=\"c\" sourceRef=\"g\" targetRef=\"u\"><conditionExpression>%s</conditionExpression></sequenceFlow>"
              .formatted(attack);
      assertThatThrownBy(
              () -> deploy(processes, process("p", chain(gateway + userTask("u"), "u", "g"))))
          .as(attack)
          .isInstanceOf(InvalidDefinitionException.class);
    }
    assertThat(trace).doesNotExist();
  }

  /** Behind the reader's back: what would happen if a document got past it. */
  @Test
  void flowableEvaluatesNothingOfThemEither() throws Exception {
    try (Flowable flowable = Flowable.start(database.plain(), BpmnSettings.STANDARD, () -> {})) {
      int round = 0;
      for (String attack : attacks) {
        String id = "attack" + round++;
        flowable
            .engine()
            .getRepositoryService()
            .createDeployment()
            .addBpmnModel("a.bpmn20.xml", conditionAndTask(id, attack))
            .disableSchemaValidation()
            .disableBpmnValidation()
            .deploy();
        assertThatThrownBy(
                () -> flowable.engine().getRuntimeService().startProcessInstanceByKey(id))
            .as(attack)
            .hasMessageContaining("non-Boolean");
      }
      assertThat(trace).doesNotExist();
      assertThat(flowable.engine().getRuntimeService().createProcessInstanceQuery().count())
          .isZero();
    }
  }

  @Test
  void serviceTasksOfOthersAreNotEvenDeployed() throws Exception {
    try (Flowable flowable = Flowable.start(database.plain(), BpmnSettings.STANDARD, () -> {})) {
      for (String type : List.of("class", "delegateExpression", "expression")) {
        ServiceTask task = new ServiceTask();
        task.setImplementationType(type);
        task.setImplementation("java.lang.Runtime");
        BpmnModel model = model("p", task);
        assertThatThrownBy(() ->
                flowable
                    .engine()
                    .getRepositoryService()
                    .createDeployment()
                    .addBpmnModel("a.bpmn20.xml", model)
                    .disableSchemaValidation()
                    .disableBpmnValidation()
                    .deploy())
            .hasStackTraceContaining("was not made by us");
      }
    }
  }

  @Test
  void expressionsInValuesStayValues() throws Exception {
    String digest =
        deploy(processes, process("p", chain(run("calc") + userTask("u"), "calc", "u")));
    for (String attack : attacks) {
      RecordValue inputs = new RecordValue(Map.of("n", new StringValue(attack)));
      processes.start(TENANT, digest, "p", attack, inputs);
    }
    List<Asked> asked = processes.asked(100);
    assertThat(asked)
        .extracting(one -> ((RecordValue) one.payload().get("inputs")).get("n"))
        .containsExactlyInAnyOrderElementsOf(attacks.stream().map(StringValue::new).toList());
    for (Asked one : asked) {
      processes.resume(
          one.id(), new Answer.Done((RecordValue) ValueJson.read("{\"out\": \"${1/0}\"}")));
    }
    assertThat(processes.tasks(TENANT, TaskFilter.ALL))
        .extracting(task -> String.valueOf(task.name()))
        .containsExactlyInAnyOrderElementsOf(attacks.stream().map(a -> "Please " + a).toList());
    assertThat(trace).doesNotExist();
  }

  private static BpmnModel conditionAndTask(String id, String attack) {
    UserTask task = new UserTask();
    task.setName(attack);
    task.setAssignee(attack);
    BpmnModel model = model(id, task);
    Process process = model.getMainProcess();
    ExclusiveGateway gateway = new ExclusiveGateway();
    gateway.setId("gateway");
    process.addFlowElement(gateway);
    process.removeFlowElement("a");
    flow(process, "a2", "start", "gateway", null);
    flow(process, "a3", "gateway", "task", attack);
    return model;
  }

  private static BpmnModel model(String id, org.flowable.bpmn.model.FlowNode node) {
    Process process = new Process();
    process.setId(id);
    process.setExecutable(true);
    StartEvent start = new StartEvent();
    start.setId("start");
    node.setId("task");
    EndEvent end = new EndEvent();
    end.setId("end");
    process.addFlowElement(start);
    process.addFlowElement(node);
    process.addFlowElement(end);
    flow(process, "a", "start", "task", null);
    flow(process, "b", "task", "end", null);
    BpmnModel model = new BpmnModel();
    model.setTargetNamespace("test");
    model.addProcess(process);
    return model;
  }

  private static void flow(Process process, String id, String from, String to, String condition) {
    SequenceFlow flow = new SequenceFlow(from, to);
    flow.setId(id);
    flow.setConditionExpression(condition);
    process.addFlowElement(flow);
  }
}
