package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.deploy;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.run;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.engine.postgres.ClassDatabase;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each element that is taken does what BPMN 2.0.2 says of it (chapters 10 and 13). */
class ElementsIT {

  private static final BpmnSettings QUICK = new BpmnSettings(2, 6, Duration.ofMillis(100), 1);
  private static final String GO = "<messageEventDefinition messageRef=\"go\"/>";
  private static final String STORM = "<signalEventDefinition signalRef=\"storm\"/>";
  private static final String ERROR = "<errorEventDefinition errorRef=\"task\"/>";
  private static final String SOON =
      "<timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition>";

  @RegisterExtension static final ClassDatabase DATABASE = new ClassDatabase();

  private static Processes processes;

  private final String instance = UUID.randomUUID().toString();

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

  private static RecordValue values(String json) throws Exception {
    return (RecordValue) ValueJson.read(json);
  }

  /** From a start {@code s}. */
  private void start(String... body) throws Exception {
    startWith("{\"n\": 7}", body);
  }

  private void startWith(String inputs, String... body) throws Exception {
    String document = process("p", "<startEvent id=\"s\"/>" + String.join("", body));
    processes.startRun(TENANT, deploy(processes, document), "p", instance, "ann", values(inputs));
  }

  private static String end(String id) {
    return "<endEvent id=\"%s\"/>".formatted(id);
  }

  private static String node(String kind, String id, String definition) {
    return "<%1$s id=\"%2$s\">%3$s</%1$s>".formatted(kind, id, definition);
  }

  private static String when(String from, String to, String condition) {
    return "<sequenceFlow id=\"%s-%s\" sourceRef=\"%s\" targetRef=\"%s\"><conditionExpression>%s</conditionExpression></sequenceFlow>"
        .formatted(from, to, from, to, condition);
  }

  /** A sub-process that begins by an event and asks a person for {@code then}. */
  private static String onEvent(boolean interrupting, String definition, String then) {
    return """
    <subProcess id="on" triggeredByEvent="true">
    <startEvent id="begin" isInterrupting="%s">%s</startEvent>%s<endEvent id="done"/>%s%s
    </subProcess>
    """
        .formatted(
            interrupting, definition, userTask(then), arrow("begin", then), arrow(then, "done"));
  }

  private List<UserTask> tasks() throws Exception {
    return processes.tasks(TENANT, TaskFilter.ALL).stream()
        .filter(task -> task.instance().equals(instance))
        .toList();
  }

  private List<String> waiting() throws Exception {
    return tasks().stream().map(UserTask::activity).sorted().toList();
  }

  private void complete(String activity) throws Exception {
    UserTask found =
        tasks().stream().filter(task -> task.activity().equals(activity)).findFirst().orElseThrow();
    processes.complete(TENANT, found.id(), "ann", RecordValue.EMPTY);
  }

  private List<Asked> asked() throws Exception {
    return processes.asked(100).stream().filter(each -> each.instance().equals(instance)).toList();
  }

  private void awaitWaiting(String... activities) {
    await(() -> assertThat(waiting()).containsExactly(activities));
  }

  private void awaitPhase(Phase phase) {
    await(
        () -> assertThat(processes.state(TENANT, instance).orElseThrow().phase()).isEqualTo(phase));
  }

  private static void await(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }

  private void go() throws Exception {
    processes.message(TENANT, instance, "go", RecordValue.EMPTY);
  }

  private void storm() throws Exception {
    assertThat(processes.signal("storm " + instance, TENANT, "ann", "storm", RecordValue.EMPTY))
        .isEqualTo(1);
  }

  @Test
  void anInclusiveGatewayTakesAllThatHoldAndWaitsForThem() throws Exception {
    start(
        "<inclusiveGateway id=\"g\" default=\"g-d\"/><inclusiveGateway id=\"j\"/>",
        userTask("a"),
        userTask("b"),
        userTask("c"),
        userTask("d"),
        userTask("u"),
        end("e"),
        arrow("s", "g"),
        when("g", "a", "${n &gt; 3}"),
        when("g", "b", "${n &lt; 3}"),
        when("g", "c", "${n == 7}"),
        arrow("g", "d"),
        arrow("a", "j"),
        arrow("b", "j"),
        arrow("c", "j"),
        arrow("d", "j"),
        arrow("j", "u"),
        arrow("u", "e"));
    assertThat(waiting()).containsExactly("a", "c");
    complete("a");
    assertThat(waiting()).containsExactly("c");
    complete("c");
    assertThat(waiting()).containsExactly("u");
    complete("u");
    awaitPhase(Phase.SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inclusiveGateway", "exclusiveGateway"})
  void aGatewayTakesItsDefaultWhereNothingHolds(String kind) throws Exception {
    start(
        "<%s id=\"g\" default=\"g-d\"/>".formatted(kind),
        userTask("a"),
        userTask("d"),
        end("e"),
        arrow("s", "g"),
        when("g", "a", "${n == 3}"),
        arrow("g", "d"),
        arrow("a", "e"),
        arrow("d", "e"));
    assertThat(waiting()).containsExactly("d");
  }

  @Test
  void arrowsOfATaskMayHaveConditions() throws Exception {
    start(
        userTask("t").replace("<userTask", "<userTask default=\"t-d\""),
        userTask("a"),
        userTask("b"),
        userTask("d"),
        end("e"),
        arrow("s", "t"),
        when("t", "a", "${n == 7}"),
        when("t", "b", "${n == 7}"),
        arrow("t", "d"),
        arrow("a", "e"),
        arrow("b", "e"),
        arrow("d", "e"));
    complete("t");
    assertThat(waiting()).containsExactly("a", "b");
  }

  private static final String[] WHICHEVER_IS_FIRST = {
    "<eventBasedGateway id=\"g\"/>",
    node("intermediateCatchEvent", "m", GO),
    node("intermediateCatchEvent", "x", STORM),
    node("intermediateCatchEvent", "t", SOON.replace("PT1S", "${wait}")),
    userTask("by-message"),
    userTask("by-signal"),
    userTask("by-time"),
    end("e"),
    arrow("s", "g"),
    arrow("g", "m"),
    arrow("g", "x"),
    arrow("g", "t"),
    arrow("m", "by-message"),
    arrow("x", "by-signal"),
    arrow("t", "by-time"),
    arrow("by-message", "e"),
    arrow("by-signal", "e"),
    arrow("by-time", "e")
  };

  @ParameterizedTest
  @CsvSource({"message,PT1H", "signal,PT1H", "time,PT1S"})
  void anEventBasedGatewayGoesByWhatComesFirst(String first, String wait) throws Exception {
    startWith("{\"n\": 7, \"wait\": \"%s\"}".formatted(wait), WHICHEVER_IS_FIRST);
    if (first.equals("message")) {
      go();
    } else if (first.equals("signal")) {
      storm();
    }
    awaitWaiting("by-" + first);
    assertThat(processes.signal("late " + instance, TENANT, "ann", "storm", RecordValue.EMPTY))
        .as("nothing waits any more")
        .isZero();
    complete("by-" + first);
    awaitPhase(Phase.SUCCEEDED);
  }

  @Test
  void aTerminatingEndEndsAllThatGoesOn() throws Exception {
    start(
        "<parallelGateway id=\"g\"/>",
        userTask("a"),
        userTask("b"),
        run("work"),
        end("e"),
        node("endEvent", "stop", "<terminateEventDefinition/>"),
        arrow("s", "g"),
        arrow("g", "a"),
        arrow("g", "b"),
        arrow("g", "work"),
        arrow("a", "stop"),
        arrow("b", "e"),
        arrow("work", "e"));
    Asked asked = asked().getFirst();
    processes.name(asked.id(), "child");
    processes.taken(asked.id());
    complete("a");
    awaitPhase(Phase.SUCCEEDED);
    assertThat(waiting()).isEmpty();
    assertThat(processes.withdrawn(10)).extracting(Asked::id).contains(asked.id());
  }

  @Test
  void inASubProcessItEndsThatAlone() throws Exception {
    start(
        "<subProcess id=\"sub\"><startEvent id=\"i\"/><parallelGateway id=\"g\"/>",
        userTask("a"),
        userTask("b"),
        end("j"),
        node("endEvent", "stop", "<terminateEventDefinition/>"),
        arrow("i", "g"),
        arrow("g", "a"),
        arrow("g", "b"),
        arrow("a", "stop"),
        arrow("b", "j"),
        "</subProcess>",
        userTask("u"),
        end("e"),
        arrow("s", "sub"),
        arrow("sub", "u"),
        arrow("u", "e"));
    complete("a");
    awaitWaiting("u");
    complete("u");
    awaitPhase(Phase.SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEventSubProcessBeginsByAMessage(boolean interrupting) throws Exception {
    start(
        userTask("a"), onEvent(interrupting, GO, "b"), end("e"), arrow("s", "a"), arrow("a", "e"));
    go();
    afterTheEvent(interrupting);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEventSubProcessBeginsByASignal(boolean interrupting) throws Exception {
    start(
        userTask("a"),
        onEvent(interrupting, STORM, "b"),
        end("e"),
        arrow("s", "a"),
        arrow("a", "e"));
    storm();
    afterTheEvent(interrupting);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEventSubProcessBeginsByATimer(boolean interrupting) throws Exception {
    start(
        userTask("a"),
        onEvent(interrupting, SOON, "b"),
        end("e"),
        arrow("s", "a"),
        arrow("a", "e"));
    afterTheEvent(interrupting);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEventSubProcessBeginsByAnEscalation(boolean interrupting) throws Exception {
    String late = "<escalationEventDefinition escalationRef=\"late\"/>";
    String document =
        "<escalation id=\"late\" escalationCode=\"LATE\"/>"
            + process(
                "p",
                "<startEvent id=\"s\"/>"
                    + node("intermediateThrowEvent", "t", late)
                    + userTask("a")
                    + onEvent(interrupting, late, "b")
                    + end("e")
                    + arrow("s", "t")
                    + arrow("t", "a")
                    + arrow("a", "e"));
    processes.startRun(
        TENANT, deploy(processes, document), "p", instance, "ann", values("{\"n\": 7}"));
    afterTheEvent(interrupting);
  }

  private void afterTheEvent(boolean interrupting) throws Exception {
    if (interrupting) {
      awaitWaiting("b");
    } else {
      awaitWaiting("a", "b");
      complete("a");
    }
    complete("b");
    awaitPhase(Phase.SUCCEEDED);
  }

  @Test
  void anEventSubProcessCatchesErrors() throws Exception {
    start(
        userTask("a"),
        "<subProcess id=\"sub\"><startEvent id=\"i\"/>",
        node("endEvent", "fails", ERROR),
        arrow("i", "fails"),
        "</subProcess>",
        onEvent(true, ERROR, "b"),
        end("e"),
        arrow("s", "a"),
        arrow("a", "sub"),
        arrow("sub", "e"));
    complete("a");
    awaitWaiting("b");
    complete("b");
    awaitPhase(Phase.SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"task", "infra", ""})
  void anErrorEndIsCaughtByItsCodeOrByWhatCatchesAll(String caught) throws Exception {
    String definition =
        caught.isEmpty()
            ? "<errorEventDefinition/>"
            : "<errorEventDefinition errorRef=\"%s\"/>".formatted(caught);
    start(
        "<subProcess id=\"sub\"><startEvent id=\"i\"/>",
        userTask("a"),
        node("endEvent", "fails", ERROR),
        arrow("i", "a"),
        arrow("a", "fails"),
        "</subProcess>",
        "<boundaryEvent id=\"c\" attachedToRef=\"sub\">" + definition + "</boundaryEvent>",
        userTask("b"),
        end("e"),
        arrow("s", "sub"),
        arrow("sub", "e"),
        arrow("c", "b"),
        arrow("b", "e"));
    complete("a");
    if (caught.equals("infra")) {
      awaitPhase(Phase.FAILED);
      assertThat(waiting()).isEmpty();
    } else {
      awaitWaiting("b");
    }
  }

  @Test
  void errorsAndEscalationsLeaveCalledProcesses() throws Exception {
    String late = "<escalationEventDefinition escalationRef=\"late\"/>";
    String document =
        "<escalation id=\"late\" escalationCode=\"LATE\"/>"
            + process(
                "inner",
                "<startEvent id=\"i\"/>"
                    + node("intermediateThrowEvent", "t", late)
                    + userTask("a")
                    + node("endEvent", "fails", ERROR)
                    + arrow("i", "t")
                    + arrow("t", "a")
                    + arrow("a", "fails"))
            + process(
                "p",
                "<startEvent id=\"s\"/><callActivity id=\"c\" calledElement=\"inner\"/>"
                    + "<boundaryEvent id=\"told\" attachedToRef=\"c\" cancelActivity=\"false\">"
                    + late
                    + "</boundaryEvent><boundaryEvent id=\"failed\" attachedToRef=\"c\">"
                    + ERROR
                    + "</boundaryEvent>"
                    + userTask("b")
                    + userTask("d")
                    + end("e")
                    + arrow("s", "c")
                    + arrow("c", "e")
                    + arrow("told", "b")
                    + arrow("failed", "d")
                    + arrow("b", "e")
                    + arrow("d", "e"));
    processes.startRun(
        TENANT, deploy(processes, document), "p", instance, "ann", values("{\"n\": 7}"));
    awaitWaiting("a", "b");
    complete("a");
    awaitWaiting("b", "d");
    complete("b");
    complete("d");
    awaitPhase(Phase.SUCCEEDED);
  }

  /** However it came there: by a person, a timer, an answer, at once, and from within. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<userTask id=\"a\"/>",
        "<intermediateCatchEvent id=\"a\"><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></intermediateCatchEvent>",
        "run",
        "<intermediateThrowEvent id=\"a\"/>",
        "<callActivity id=\"a\" calledElement=\"inner\"/>",
      })
  void anErrorEndThatNothingCatchesFailsTheProcess(String before) throws Exception {
    String document =
        process(
                "inner",
                "<startEvent id=\"i\"/>"
                    + node("endEvent", "inner-fails", ERROR)
                    + arrow("i", "inner-fails"))
            + process(
                "p",
                "<startEvent id=\"s\"/><parallelGateway id=\"g\"/>"
                    + (before.equals("run") ? run("a") : before)
                    + userTask("beside")
                    + "<boundaryEvent id=\"elsewhere\" attachedToRef=\"beside\"><errorEventDefinition/></boundaryEvent>"
                    + arrow("elsewhere", "f")
                    + run("work")
                    + node("endEvent", "fails", ERROR)
                    + end("e")
                    + end("f")
                    + arrow("s", "g")
                    + arrow("g", "beside")
                    + arrow("g", "a")
                    + arrow("g", "work")
                    + arrow("beside", "e")
                    + arrow("work", "f")
                    + arrow("a", "fails"));
    processes.startRun(
        TENANT, deploy(processes, document), "p", instance, "ann", values("{\"n\": 7}"));
    if (before.startsWith("<userTask")) {
      complete("a");
    } else if (before.equals("run")) {
      Asked asked =
          asked().stream().filter(each -> each.activity().equals("a")).findFirst().orElseThrow();
      processes.resume(asked.id(), new Answer.Done(values("{\"out\": 1}")));
    }
    awaitPhase(Phase.FAILED);
    assertThat(processes.state(TENANT, instance).orElseThrow().reason())
        .isEqualTo("TASK: no boundary event caught this error");
    assertThat(waiting()).isEmpty();
    assertThat(asked()).isEmpty();
    assertThat(processes.stuck(TENANT)).extracting(Stuck::instance).doesNotContain(instance);
    List<News> news =
        processes.news(10_000).stream().filter(each -> each.instance().equals(instance)).toList();
    assertThat(news.getLast().kind()).isEqualTo(News.Kind.ENDED);
    assertThat(news).filteredOn(each -> each.kind() == News.Kind.ENDED).hasSize(1);
  }

  @Test
  void anEscalationFromACalledProcessInterruptsWhatCalledIt() throws Exception {
    String late = "<escalationEventDefinition escalationRef=\"late\"/>";
    String document =
        "<escalation id=\"late\" escalationCode=\"LATE\"/>"
            + process(
                "inner",
                "<startEvent id=\"i\"/>"
                    + node("intermediateThrowEvent", "t", late)
                    + userTask("a")
                    + end("j")
                    + arrow("i", "t")
                    + arrow("t", "a")
                    + arrow("a", "j"))
            + process(
                "p",
                "<startEvent id=\"s\"/><subProcess id=\"sub\"><startEvent id=\"k\"/><callActivity id=\"c\" calledElement=\"inner\"/>"
                    + end("l")
                    + arrow("k", "c")
                    + arrow("c", "l")
                    + onEvent(true, late, "b")
                    + "</subProcess>"
                    + userTask("u")
                    + end("e")
                    + arrow("s", "sub")
                    + arrow("sub", "u")
                    + arrow("u", "e"));
    processes.startRun(
        TENANT, deploy(processes, document), "p", instance, "ann", values("{\"n\": 7}"));
    awaitWaiting("b");
    complete("b");
    awaitWaiting("u");
    complete("u");
    awaitPhase(Phase.SUCCEEDED);
  }

  @Test
  void anEscalationThatNobodyCatchesChangesNothing() throws Exception {
    String document =
        "<escalation id=\"late\" escalationCode=\"LATE\"/>"
            + process(
                "p",
                "<startEvent id=\"s\"/>"
                    + node(
                        "intermediateThrowEvent",
                        "t",
                        "<escalationEventDefinition escalationRef=\"late\"/>")
                    + userTask("a")
                    + node("endEvent", "e", "<escalationEventDefinition escalationRef=\"late\"/>")
                    + arrow("s", "t")
                    + arrow("t", "a")
                    + arrow("a", "e"));
    processes.startRun(
        TENANT, deploy(processes, document), "p", instance, "ann", values("{\"n\": 7}"));
    awaitWaiting("a");
    complete("a");
    awaitPhase(Phase.SUCCEEDED);
  }

  @Test
  void aTimerThatRepeatsComesSoOften() throws Exception {
    start(
        userTask("a"),
        "<boundaryEvent id=\"t\" attachedToRef=\"a\" cancelActivity=\"false\"><timerEventDefinition><timeCycle>R3/PT1S</timeCycle></timerEventDefinition></boundaryEvent>",
        userTask("b"),
        node("intermediateCatchEvent", "later", SOON.replace("PT1S", "PT5S")),
        end("e"),
        end("f"),
        arrow("s", "a"),
        arrow("a", "later"),
        arrow("later", "e"),
        arrow("t", "b"),
        arrow("b", "f"));
    awaitWaiting("a", "b", "b", "b");
    Instant since = Instant.now();
    await(() -> {
      assertThat(Instant.now()).isAfter(since.plusSeconds(3));
      assertThat(waiting()).containsExactly("a", "b", "b", "b");
    });
    complete("a");
    for (int i = 0; i < 3; i++) {
      complete("b");
    }
    awaitPhase(Phase.SUCCEEDED);
  }

  @Test
  void aTimerMayBeADateOfAVariable() throws Exception {
    Instant due = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
    startWith(
        "{\"n\": 7, \"due\": \"%s\"}".formatted(due),
        node(
            "intermediateCatchEvent",
            "t",
            "<timerEventDefinition><timeDate>${due}</timeDate></timerEventDefinition>"),
        userTask("a"),
        end("e"),
        arrow("s", "t"),
        arrow("t", "a"),
        arrow("a", "e"));
    assertThat(waiting()).isEmpty();
    awaitWaiting("a");
    assertThat(Instant.now()).isAfterOrEqualTo(due);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRepetitionEndsWhenItsConditionHolds(boolean inTurn) throws Exception {
    start(
        """
        <userTask id="a" tw:candidateGroups="office"><multiInstanceLoopCharacteristics isSequential="%s"><loopCardinality>4</loopCardinality>
        <completionCondition>${nrOfCompletedInstances &gt;= 2}</completionCondition></multiInstanceLoopCharacteristics></userTask>
        """
            .formatted(inTurn),
        userTask("u"),
        end("e"),
        arrow("s", "a"),
        arrow("a", "u"),
        arrow("u", "e"));
    assertThat(waiting()).hasSize(inTurn ? 1 : 4);
    complete("a");
    assertThat(waiting()).hasSize(inTurn ? 1 : 3).containsOnly("a");
    complete("a");
    assertThat(waiting()).containsExactly("u");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsAttachedToASubProcessEndsItOrStandsBeside(boolean interrupting) throws Exception {
    start(
        "<subProcess id=\"sub\"><startEvent id=\"i\"/>",
        userTask("a"),
        end("j"),
        arrow("i", "a"),
        arrow("a", "j"),
        "</subProcess><boundaryEvent id=\"m\" attachedToRef=\"sub\" cancelActivity=\"%s\">"
            .formatted(interrupting),
        GO,
        "</boundaryEvent>",
        userTask("b"),
        end("e"),
        arrow("s", "sub"),
        arrow("sub", "e"),
        arrow("m", "b"),
        arrow("b", "e"));
    go();
    afterTheEvent(interrupting);
  }

  @ParameterizedTest
  @CsvSource({"message,true", "message,false", "signal,true", "signal,false"})
  void whatStandsBesideBeginsEachTime(String kind, boolean attached) throws Exception {
    String definition = kind.equals("message") ? GO : STORM;
    start(
        userTask("a"),
        attached
            ? "<boundaryEvent id=\"m\" attachedToRef=\"a\" cancelActivity=\"false\">"
                + definition
                + "</boundaryEvent>"
                + userTask("b")
                + arrow("m", "b")
                + arrow("b", "e")
            : onEvent(false, definition, "b"),
        end("e"),
        arrow("s", "a"),
        arrow("a", "e"));
    for (int i = 1; i <= 3; i++) {
      if (kind.equals("message")) {
        go();
      } else {
        String key = instance + i;
        assertThat(processes.signal(key, TENANT, "ann", "storm", RecordValue.EMPTY)).isEqualTo(1);
      }
      int so = i;
      await(() -> assertThat(waiting()).filteredOn("b"::equals).hasSize(so));
    }
    complete("a");
    for (int i = 0; i < 3; i++) {
      complete("b");
    }
    awaitPhase(Phase.SUCCEEDED);
  }

  /** Of two tasks one has an event that would catch it. */
  @Test
  void aFailureIsCaughtWhereItHappensOrNowhere() throws Exception {
    start(
        "<parallelGateway id=\"g\"/>",
        run("a", ""),
        "<boundaryEvent id=\"c\" attachedToRef=\"a\"><errorEventDefinition/></boundaryEvent>",
        run("b"),
        end("e"),
        arrow("s", "g"),
        arrow("g", "a"),
        arrow("g", "b"),
        arrow("a", "e"),
        arrow("b", "e"),
        arrow("c", "e"));
    Asked b =
        asked().stream().filter(each -> each.activity().equals("b")).findFirst().orElseThrow();
    assertThat(processes.resume(b.id(), new Answer.Failed(FailureKind.TASK, "exit code 1")))
        .isEqualTo(Answered.ENDED);
    awaitPhase(Phase.FAILED);
  }

  /** The usual way to tell of an error and still fail. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAnEventSubProcessThrowsLeavesWhatItStandsIn(boolean atOnce) throws Exception {
    String handler =
        "<subProcess id=\"on\" triggeredByEvent=\"true\"><startEvent id=\"begin\">"
            + ERROR
            + "</startEvent>"
            + (atOnce ? "" : userTask("told") + arrow("begin", "told"))
            + node("endEvent", "again", ERROR)
            + arrow(atOnce ? "begin" : "told", "again")
            + "</subProcess>";
    start(
        "<subProcess id=\"sub\"><startEvent id=\"i\"/>",
        userTask("a"),
        node("endEvent", "fails", ERROR),
        arrow("i", "a"),
        arrow("a", "fails"),
        handler,
        "</subProcess><boundaryEvent id=\"c\" attachedToRef=\"sub\">" + ERROR + "</boundaryEvent>",
        userTask("b"),
        end("e"),
        arrow("s", "sub"),
        arrow("sub", "e"),
        arrow("c", "b"),
        arrow("b", "e"));
    complete("a");
    if (!atOnce) {
      awaitWaiting("told");
      complete("told");
    }
    awaitWaiting("b");
  }

  @Test
  void whatAnEventSubProcessOfTheWholeProcessThrowsFailsTheProcess() throws Exception {
    start(
        userTask("a"),
        node("endEvent", "fails", ERROR),
        arrow("s", "a"),
        arrow("a", "fails"),
        "<subProcess id=\"on\" triggeredByEvent=\"true\"><startEvent id=\"begin\"><errorEventDefinition/></startEvent>",
        run("tell"),
        end("told"),
        arrow("begin", "tell"),
        arrow("tell", "told"),
        "</subProcess>");
    complete("a");
    Asked tell = asked().getFirst();
    assertThat(processes.resume(tell.id(), new Answer.Failed(FailureKind.USER, "no such address")))
        .isEqualTo(Answered.ENDED);
    awaitPhase(Phase.FAILED);
    assertThat(processes.state(TENANT, instance).orElseThrow().reason())
        .isEqualTo("USER: no such address");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEscalationThatIsThrownWhereItIsHeardIsNotHeardAgain(boolean interrupting)
      throws Exception {
    String late = "<escalationEventDefinition escalationRef=\"late\"/>";
    String document =
        "<escalation id=\"late\" escalationCode=\"LATE\"/>"
            + process(
                "p",
                "<startEvent id=\"s\"/><subProcess id=\"sub\"><startEvent id=\"i\"/>"
                    + node("intermediateThrowEvent", "t", late)
                    + userTask("a")
                    + end("j")
                    + arrow("i", "t")
                    + arrow("t", "a")
                    + arrow("a", "j")
                    + "<subProcess id=\"on\" triggeredByEvent=\"true\"><startEvent id=\"begin\" isInterrupting=\"%s\">"
                        .formatted(interrupting)
                    + late
                    + "</startEvent>"
                    + node("endEvent", "done", late)
                    + arrow("begin", "done")
                    + "</subProcess></subProcess><boundaryEvent id=\"c\" attachedToRef=\"sub\" cancelActivity=\"false\">"
                    + late
                    + "</boundaryEvent>"
                    + userTask("b")
                    + end("e")
                    + arrow("s", "sub")
                    + arrow("sub", "e")
                    + arrow("c", "b")
                    + arrow("b", "e"));
    processes.startRun(
        TENANT, deploy(processes, document), "p", instance, "ann", values("{\"n\": 7}"));
    if (interrupting) {
      awaitWaiting("b");
    } else {
      awaitWaiting("a", "b");
      complete("a");
    }
    complete("b");
    awaitPhase(Phase.SUCCEEDED);
  }

  /** All that goes on in the sub-process ends; its deadline, attached to it, still comes. */
  @ParameterizedTest
  @ValueSource(strings = {"message", "signal", "timer", "error", "escalation"})
  void whatBeginsInASubProcessInterruptsAllOfItAndNothingAttached(String kind) throws Exception {
    String late = "<escalationEventDefinition escalationRef=\"late\"/>";
    String begins =
        Map.of("message", GO, "signal", STORM, "timer", SOON, "error", ERROR, "escalation", late)
            .get(kind);
    boolean thrown = kind.equals("error") || kind.equals("escalation");
    String attached = kind.equals("message") ? STORM : GO;
    String document =
        "<escalation id=\"late\" escalationCode=\"LATE\"/>"
            + process(
                "p",
                "<startEvent id=\"s\"/><subProcess id=\"sub\"><startEvent id=\"i\"/><parallelGateway id=\"g\"/>"
                    + userTask("a")
                    + "<subProcess id=\"deep\"><startEvent id=\"k\"/>"
                    + userTask("x")
                    + end("l")
                    + arrow("k", "x")
                    + arrow("x", "l")
                    + "</subProcess>"
                    + node("endEvent", "j", thrown ? begins : "")
                    + end("h")
                    + arrow("i", "g")
                    + arrow("g", "a")
                    + arrow("g", "deep")
                    + arrow("a", "j")
                    + arrow("deep", "h")
                    + onEvent(true, begins, "b")
                    + "</subProcess><boundaryEvent id=\"m\" attachedToRef=\"sub\" cancelActivity=\"false\">"
                    + attached
                    + "</boundaryEvent>"
                    + userTask("u")
                    + userTask("v")
                    + end("e")
                    + end("f")
                    + arrow("s", "sub")
                    + arrow("sub", "v")
                    + arrow("v", "e")
                    + arrow("m", "u")
                    + arrow("u", "f"));
    processes.startRun(
        TENANT, deploy(processes, document), "p", instance, "ann", values("{\"n\": 7}"));
    if (thrown) {
      complete("a");
    } else if (kind.equals("message")) {
      go();
    } else if (kind.equals("signal")) {
      storm();
    }
    awaitWaiting("b");
    if (kind.equals("message")) {
      storm();
    } else {
      go();
    }
    awaitWaiting("b", "u");
    complete("b");
    awaitWaiting("u", "v");
    complete("u");
    complete("v");
    awaitPhase(Phase.SUCCEEDED);
  }
}
