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
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.bpmn.FormField;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was done is undone: what of it, in which order, how often, and what happens on the way. */
class UndoingIT {

  private static final BpmnSettings QUICK = new BpmnSettings(2, 6, Duration.ofMillis(100), 1);
  private static final String INSTANCE = "run-1";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private Processes processes;

  @BeforeEach
  void open() {
    processes = new Processes(database.plain(), QUICK);
  }

  @AfterEach
  void close() {
    processes.close();
  }

  private void restart() throws Exception {
    processes.close();
    processes = new Processes(database.plain(), QUICK);
    assertThat(processes.startIfUsed()).isTrue();
  }

  /** A task {@code id}, and the person's task {@code no-id} that undoes it. */
  private static String undone(String id) {
    return userTask(id) + by(id, userTask("no-" + id));
  }

  /** How {@code id} is undone. */
  private static String by(String id, String handler) {
    return """
    <boundaryEvent id="at-%1$s" attachedToRef="%1$s"><compensateEventDefinition/></boundaryEvent>
    <association id="by-%1$s" sourceRef="at-%1$s" targetRef="no-%1$s"/>%2$s
    """
        .formatted(id, handler.replaceFirst(" id=", " isForCompensation=\"true\" id="));
  }

  private static String undo(String id) {
    return "<intermediateThrowEvent id=\"%s\"><compensateEventDefinition/></intermediateThrowEvent>"
        .formatted(id);
  }

  private static String undo(String id, String activity) {
    return undo(id).replace("Definition/", "Definition activityRef=\"%s\"/".formatted(activity));
  }

  private void start(String body, String... chain) throws Exception {
    startAll(process("p", chain(body, chain)));
  }

  private void startAll(String document) throws Exception {
    processes.startRun(
        TENANT, deploy(processes, document), "p", INSTANCE, "ann", object("{\"n\": 7}"));
  }

  private List<String> waiting() throws Exception {
    return processes.tasks(TENANT, TaskFilter.ALL).stream().map(UserTask::activity).toList();
  }

  private UserTask task(String activity) throws Exception {
    return processes.tasks(TENANT, TaskFilter.ALL).stream()
        .filter(task -> task.activity().equals(activity))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody is asked to do " + activity));
  }

  private void complete(String activity, String json) throws Exception {
    processes.complete(TENANT, task(activity).id(), "ann", object(json));
  }

  /** Each is the only one that is open, and is completed. */
  private void inTurn(String... activities) throws Exception {
    for (String activity : activities) {
      assertThat(waiting()).containsExactly(activity);
      complete(activity, "{}");
    }
  }

  private void hasSucceeded() throws Exception {
    assertThat(waiting()).isEmpty();
    assertThat(state().phase()).isEqualTo(Phase.SUCCEEDED);
  }

  private ProcessState state() throws Exception {
    return processes.state(TENANT, INSTANCE).orElseThrow();
  }

  private List<String> told() throws Exception {
    return processes.news(100).stream().map(News::detail).toList();
  }

  @Test
  void whatWasDoneLastIsUndoneFirstAndEachIsWaitedFor() throws Exception {
    start(
        undone("a")
            + run("b")
            + by("b", run("no-b"))
            + userTask("c")
            + by(
                "c",
                """
                <userTask id="no-c"><extensionElements><tw:form><tw:field name="why" type="text"/></tw:form></extensionElements></userTask>
                """)
            + undone("never")
            + "<exclusiveGateway id=\"g\" default=\"g-undo\"/>"
            + undo("undo")
            + userTask("after")
            + "<sequenceFlow id=\"x\" sourceRef=\"g\" targetRef=\"never\"><conditionExpression>${n == 8}</conditionExpression></sequenceFlow>"
            + arrow("never", "undo"),
        "a",
        "b",
        "c",
        "g",
        "undo",
        "after");
    inTurn("a");
    processes.resume(processes.asked(10).getFirst().id(), new Answer.Done(object("{}")));
    inTurn("c");

    assertThat(waiting()).containsExactly("no-c");
    assertThat(processes.form(TENANT, task("no-c")))
        .extracting(FormField::name)
        .containsExactly("why");
    complete("no-c", "{\"why\": \"late\"}");
    assertThat(waiting()).isEmpty();
    Asked asked = processes.asked(10).getFirst();
    assertThat(asked.activity()).isEqualTo("no-b");
    assertThat(ValueJson.write(asked.payload()))
        .isEqualTo("{\"workflow\":\"w\",\"site\":null,\"inputs\":{\"n\":7,\"text\":\"n=7\"}}");
    processes.resume(asked.id(), new Answer.Done(object("{\"out\": 3}")));
    inTurn("no-a", "after");
    hasSucceeded();
    assertThat(ValueJson.write(processes.variables(TENANT, INSTANCE)))
        .isEqualTo("{\"bOut\":null,\"n\":7,\"no_bOut\":3,\"why\":\"late\"}");
    assertThat(told())
        .containsSubsequence(
            "undo undoes c by no-c",
            "no-c waits for a person: null",
            "ann has completed no-c",
            "undo undoes b by no-b",
            "no-b has asked for a run of w",
            "no-b was done",
            "undo undoes a by no-a",
            "no-a waits for a person: Please 7")
        .noneMatch(detail -> detail.contains("$"));
  }

  @Test
  void whatWasDoneThreeTimesIsUndoneThreeTimesAndNotAgain() throws Exception {
    start(
        "<exclusiveGateway id=\"m\"/>"
            + undone("a")
            + "<exclusiveGateway id=\"g\" default=\"g-first\"/>"
            + undo("first")
            + userTask("between")
            + undo("second")
            + "<sequenceFlow id=\"x\" sourceRef=\"g\" targetRef=\"m\"><conditionExpression>${again}</conditionExpression></sequenceFlow>",
        "m",
        "a",
        "g",
        "first",
        "between",
        "second");
    complete("a", "{\"again\": true}");
    complete("a", "{\"again\": true}");
    complete("a", "{\"again\": false}");
    inTurn("no-a", "no-a", "no-a", "between");
    hasSucceeded();
  }

  @Test
  void whereOneIsNamedTheOthersAreLeftToBeUndoneLater() throws Exception {
    start(
        undone("a")
            + undone("b")
            + undone("c")
            + undo("only-b", "b")
            + userTask("between")
            + undo("rest")
            + undo("nothing"),
        "a",
        "b",
        "c",
        "only-b",
        "between",
        "rest",
        "nothing");
    inTurn("a", "b", "c", "no-b", "between", "no-c", "no-a");
    hasSucceeded();
  }

  @Test
  void whereNothingWasDoneTheProcessGoesOnAtOnce() throws Exception {
    start(
        "<exclusiveGateway id=\"g\" default=\"g-a\"/>"
            + undone("a")
            + "<sequenceFlow id=\"x\" sourceRef=\"g\" targetRef=\"undo\"><conditionExpression>${n == 7}</conditionExpression></sequenceFlow>"
            + undo("undo")
            + userTask("after"),
        "g",
        "a",
        "undo",
        "after");
    inTurn("after");
    hasSucceeded();
  }

  @Test
  void aFailureLeadsToWhatUndoesWhatWasDoneBeforeIt() throws Exception {
    start(
        undone("a")
            + run("b")
            + by("b", userTask("no-b"))
            + "<boundaryEvent id=\"broken\" attachedToRef=\"b\"><errorEventDefinition errorRef=\"task\"/></boundaryEvent>"
            + "<endEvent id=\"undone\"><compensateEventDefinition/></endEvent>"
            + arrow("broken", "undone"),
        "a",
        "b");
    inTurn("a");
    processes.resume(
        processes.asked(10).getFirst().id(), new Answer.Failed(FailureKind.TASK, "no"));
    inTurn("no-a");
    hasSucceeded();
  }

  private static String sub(String id, String body, String... chain) {
    return "<subProcess id=\"%s\">%s</subProcess>"
        .formatted(
            id,
            chain(body, chain)
                .replace("\"start\"", "\"%s-start\"".formatted(id))
                .replace("\"end\"", "\"%s-end\"".formatted(id))
                .replace("id=\"start-", "id=\"%s-start-".formatted(id))
                .replace("-end\" sourceRef", "-%s-end\" sourceRef".formatted(id)));
  }

  @Test
  void aSubProcessUndoesWhatWasDoneInItAndCatchesWhatFails() throws Exception {
    start(
        undone("a")
            + sub(
                "sub",
                undone("b")
                    + userTask("c")
                    + by("c", run("no-c"))
                    + undo("undo")
                    + userTask("within"),
                "b",
                "c",
                "undo",
                "within")
            + "<boundaryEvent id=\"broken\" attachedToRef=\"sub\"><errorEventDefinition errorRef=\"task\"/></boundaryEvent>"
            + userTask("repair")
            + arrow("broken", "repair")
            + arrow("repair", "all")
            + undo("all", "a"),
        "a",
        "sub",
        "all");
    inTurn("a", "b", "c");
    processes.resume(
        processes.asked(10).getFirst().id(), new Answer.Failed(FailureKind.TASK, "cannot"));
    inTurn("repair", "no-a");
    hasSucceeded();
    assertThat(told()).contains("no-c has failed: TASK: cannot");
  }

  @Test
  void aSubProcessThatIsGoneThroughAgainHasItsOwnToUndo() throws Exception {
    start(
        "<exclusiveGateway id=\"m\"/>"
            + sub(
                    "sub",
                    undone("b")
                        + userTask("ask")
                        + "<exclusiveGateway id=\"g\" default=\"skip\"/>"
                        + undo("undo")
                        + userTask("last")
                        + "<sequenceFlow id=\"skip\" sourceRef=\"g\" targetRef=\"last\"/>"
                        + "<sequenceFlow id=\"x\" sourceRef=\"g\" targetRef=\"undo\"><conditionExpression>${undo}</conditionExpression></sequenceFlow>"
                        + arrow("undo", "last"),
                    "b",
                    "ask",
                    "g",
                    "last")
                .replace("<sequenceFlow id=\"g-last\" sourceRef=\"g\" targetRef=\"last\"/>", "")
            + "<exclusiveGateway id=\"g2\" default=\"g2-end\"/>"
            + "<sequenceFlow id=\"y\" sourceRef=\"g2\" targetRef=\"m\"><conditionExpression>${!undo}</conditionExpression></sequenceFlow>",
        "m",
        "sub",
        "g2");
    inTurn("b");
    complete("ask", "{\"undo\": false}");
    inTurn("last", "b");
    complete("ask", "{\"undo\": true}");
    inTurn("no-b", "last");
    hasSucceeded();
  }

  @Test
  void eachOfSeveralAtOnceUndoesItsOwn() throws Exception {
    String twice =
        "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>";
    start(
        sub("sub", undone("b") + undo("undo"), "b", "undo")
                .replace("</subProcess>", twice + "</subProcess>")
            + userTask("after"),
        "sub",
        "after");
    assertThat(waiting()).containsExactly("b", "b");
    complete("b", "{}");
    assertThat(waiting()).containsExactlyInAnyOrder("b", "no-b");
    complete("no-b", "{}");
    inTurn("b", "no-b", "after");
    hasSucceeded();
  }

  @Test
  void whatFailsAndIsNotCaughtEndsTheProcess() throws Exception {
    start(userTask("a") + by("a", run("no-a")) + undo("undo"), "a", "undo");
    inTurn("a");
    processes.resume(
        processes.asked(10).getFirst().id(), new Answer.Failed(FailureKind.TASK, "cannot"));
    assertThat(state().phase()).isEqualTo(Phase.FAILED);
    assertThat(state().reason()).isEqualTo("TASK: cannot");
    assertThat(told()).contains("no-a: TASK: cannot");
  }

  @Test
  void aServerThatGoesAwayBetweenTwoIsTakenOverFrom() throws Exception {
    start(
        undone("a") + userTask("b") + by("b", run("no-b")) + undone("c") + undo("undo"),
        "a",
        "b",
        "c",
        "undo");
    inTurn("a");
    restart();
    inTurn("b", "c");
    restart();
    inTurn("no-c");
    restart();
    Asked asked = processes.asked(10).getFirst();
    assertThat(asked.activity()).isEqualTo("no-b");
    processes.resume(asked.id(), new Answer.Done(object("{}")));
    restart();
    assertThat(processes.resume(asked.id(), new Answer.Done(object("{}"))))
        .isEqualTo(Answered.BEFORE);
    inTurn("no-a");
    hasSucceeded();
  }

  @Test
  void aProcessThatIsCancelledUndoesNoFurther() throws Exception {
    start(undone("a") + userTask("b") + by("b", run("no-b")) + undo("undo"), "a", "b", "undo");
    inTurn("a", "b");
    Asked asked = processes.asked(10).getFirst();
    processes.taken(asked.id());
    processes.cancel(TENANT, INSTANCE, "ann", "enough");
    assertThat(processes.withdrawn(10)).containsExactly(asked);
    assertThat(waiting()).isEmpty();
    assertThat(processes.forget(TENANT, INSTANCE)).isTrue();
  }

  /** Whatever is done while something is undone is not undone with it; two do not undo the same. */
  @Test
  void whatIsDoneMeanwhileIsLeftToWhoThrowsNext() throws Exception {
    start(
        "<parallelGateway id=\"fork\"/><parallelGateway id=\"join\"/>"
            + undone("a")
            + undone("b")
            + undo("first")
            + undo("second")
            + userTask("c")
            + arrow("fork", "c")
            + arrow("c", "second")
            + arrow("second", "join")
            + "<exclusiveGateway id=\"m\"/>",
        "a",
        "fork",
        "m",
        "first",
        "b",
        "join");
    inTurn("a");
    assertThat(waiting()).containsExactlyInAnyOrder("no-a", "c");
    complete("no-a", "{}");
    assertThat(waiting()).containsExactlyInAnyOrder("b", "c");
    complete("b", "{}");
    inTurn("c", "no-b");
    hasSucceeded();
  }

  @Test
  void whatUndoesMayBeASubProcessACallOrAWaitForAMessageAndServeSeveral() throws Exception {
    String receive = "<receiveTask id=\"%s\" messageRef=\"go\"/>";
    String inner =
        sub(
            "no-a",
            run("work")
                + "<boundaryEvent id=\"caught\" attachedToRef=\"work\"><errorEventDefinition/></boundaryEvent>"
                + userTask("instead")
                + arrow("caught", "instead")
                + "<exclusiveGateway id=\"either\" default=\"either-instead\"/>",
            "work",
            "either",
            "instead");
    startAll(
        process(
                "p",
                chain(
                    userTask("a")
                        + by("a", inner)
                        + receive.formatted("b")
                        + by("b", receive.formatted("no-b"))
                        + userTask("c")
                        + by("c", "<callActivity id=\"no-c\" calledElement=\"q\"/>")
                        + undo("one", "a")
                        + undo("all"),
                    "a",
                    "one",
                    "b",
                    "c",
                    "all"))
            + process(
                "q",
                chain(userTask("called"), "called")
                    .replace("id=\"", "id=\"q-")
                    .replace("Ref=\"", "Ref=\"q-")));
    inTurn("a");
    assertThat(processes.asked(10).getFirst().activity()).isEqualTo("work");
    processes.resume(
        processes.asked(10).getFirst().id(), new Answer.Failed(FailureKind.TASK, "no"));
    inTurn("instead");
    processes.message(TENANT, INSTANCE, "go", RecordValue.EMPTY);
    inTurn("c", "q-called");
    assertThat(waiting()).isEmpty();
    assertThat(state().phase()).isEqualTo(Phase.RUNNING);
    processes.message(TENANT, INSTANCE, "go", RecordValue.EMPTY);
    hasSucceeded();
    assertThat(told()).noneMatch(detail -> detail.contains("$"));
  }

  @Test
  void arrowsWithConditionsLeaveWhatCanBeUndoneAsTheyLeaveWhatCannot() throws Exception {
    start(
        userTask("a").replace("<userTask ", "<userTask default=\"a-usual\" ")
            + by("a", userTask("no-a"))
            + userTask("usual")
            + userTask("rare")
            + "<sequenceFlow id=\"x\" sourceRef=\"a\" targetRef=\"rare\"><conditionExpression>${n == 8}</conditionExpression></sequenceFlow>"
            + arrow("rare", "undo")
            + undo("undo"),
        "a",
        "usual",
        "undo");
    inTurn("a", "usual", "no-a");
    hasSucceeded();
  }

  @Test
  void whatIsKeptForUndoingCannotBeGiven() throws Exception {
    start(undone("a") + userTask("b") + undo("undo"), "a", "b", "undo");
    inTurn("a");
    assertThatThrownBy(() -> complete("b", "{\"twinflow.completed\": []}"))
        .isInstanceOf(ProcessException.class)
        .hasMessageContaining("the name twinflow.completed cannot be given");
    assertThat(processes.variables(TENANT, INSTANCE).fields()).containsOnlyKeys("n");
    inTurn("b", "no-a");
    hasSucceeded();
  }
}
