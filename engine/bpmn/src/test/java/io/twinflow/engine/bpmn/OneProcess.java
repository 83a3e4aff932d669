package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.deploy;
import static io.twinflow.engine.bpmn.Documents.object;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.engine.postgres.ClassDatabase;
import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process {@code p} on a real PostgreSQL, whose tests say what happens to it. */
abstract class OneProcess {

  private static final BpmnSettings QUICK = new BpmnSettings(2, 6, Duration.ofMillis(100), 1);
  static final String GO = "<messageEventDefinition messageRef=\"go\"/>";
  static final String STORM = "<signalEventDefinition signalRef=\"storm\"/>";
  static final String ERROR = "<errorEventDefinition errorRef=\"task\"/>";
  static final String SOON =
      "<timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition>";

  static final String LATE = "<escalationEventDefinition escalationRef=\"late\"/>";
  static final String ESCALATION = "<escalation id=\"late\" escalationCode=\"LATE\"/>";

  @RegisterExtension static final ClassDatabase DATABASE = new ClassDatabase();

  static Processes processes;

  final String instance = UUID.randomUUID().toString();

  @BeforeAll
  static void open() {
    processes = new Processes(DATABASE.plain(), QUICK);
  }

  @AfterEach
  void cancel() throws Exception {
    processes.cancel(TENANT, instance, "ann", "the test has ended");
  }

  @AfterAll
  static void close() {
    processes.close();
  }

  /** From a start {@code s}. */
  void start(String... body) throws Exception {
    startWith("{\"n\": 7}", body);
  }

  void startWith(String inputs, String... body) throws Exception {
    startDocument(inputs, process("p", "<startEvent id=\"s\"/>" + String.join("", body)));
  }

  /** With the process {@code p}. */
  final void startDocument(String document) throws Exception {
    startDocument("{\"n\": 7}", document);
  }

  private void startDocument(String inputs, String document) throws Exception {
    processes.startRun(TENANT, deploy(processes, document), "p", instance, "ann", object(inputs));
  }

  static String end(String id) {
    return "<endEvent id=\"%s\"/>".formatted(id);
  }

  static String node(String kind, String id, String definition) {
    return "<%1$s id=\"%2$s\">%3$s</%1$s>".formatted(kind, id, definition);
  }

  static String when(String from, String to, String condition) {
    return "<sequenceFlow id=\"%s-%s\" sourceRef=\"%s\" targetRef=\"%s\"><conditionExpression>%s</conditionExpression></sequenceFlow>"
        .formatted(from, to, from, to, condition);
  }

  /** A sub-process that begins by an event and asks a person for {@code then}. */
  static String onEvent(boolean interrupting, String definition, String then) {
    return """
    <subProcess id="on" triggeredByEvent="true">
    <startEvent id="begin" isInterrupting="%s">%s</startEvent>%s<endEvent id="done"/>%s%s
    </subProcess>
    """
        .formatted(
            interrupting, definition, userTask(then), arrow("begin", then), arrow(then, "done"));
  }

  List<UserTask> tasks() throws Exception {
    return processes.tasks(TENANT, TaskFilter.ALL).stream()
        .filter(task -> task.instance().equals(instance))
        .toList();
  }

  List<String> waiting() throws Exception {
    return tasks().stream().map(UserTask::activity).sorted().toList();
  }

  void complete(String activity) throws Exception {
    UserTask found =
        tasks().stream().filter(task -> task.activity().equals(activity)).findFirst().orElseThrow();
    processes.complete(TENANT, found.id(), "ann", RecordValue.EMPTY);
  }

  List<Asked> asked() throws Exception {
    return processes.asked(100).stream().filter(each -> each.instance().equals(instance)).toList();
  }

  void awaitWaiting(String... activities) {
    await(() -> assertThat(waiting()).containsExactly(activities));
  }

  void awaitPhase(Phase phase) {
    await(
        () -> assertThat(processes.state(TENANT, instance).orElseThrow().phase()).isEqualTo(phase));
  }

  static void await(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }

  void go() throws Exception {
    processes.message(TENANT, instance, "go", RecordValue.EMPTY);
  }

  void storm() throws Exception {
    assertThat(processes.signal("storm " + instance, TENANT, "ann", "storm", RecordValue.EMPTY))
        .isEqualTo(1);
  }

  void afterTheEvent(boolean interrupting) throws Exception {
    if (interrupting) {
      awaitWaiting("b");
    } else {
      awaitWaiting("a", "b");
      complete("a");
    }
    complete("b");
    awaitPhase(Phase.SUCCEEDED);
  }
}
