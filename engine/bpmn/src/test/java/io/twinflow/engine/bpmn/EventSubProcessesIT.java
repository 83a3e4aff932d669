package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.run;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.executors.api.FailureKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What begins by an event within a process. BPMN 2.0.2, sections 10.5.6 and 13.5.4. */
final class EventSubProcessesIT extends OneProcess {

  @ParameterizedTest
  @CsvSource({
    "message,true",
    "message,false",
    "signal,true",
    "signal,false",
    "timer,true",
    "timer,false"
  })
  void anEventSubProcessBeginsByWhatComes(String kind, boolean interrupting) throws Exception {
    start(
        userTask("a"),
        onEvent(interrupting, Map.of("message", GO, "signal", STORM, "timer", SOON).get(kind), "b"),
        end("e"),
        arrow("s", "a"),
        arrow("a", "e"));
    if (kind.equals("message")) {
      go();
    } else if (kind.equals("signal")) {
      storm();
    }
    afterTheEvent(interrupting);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEventSubProcessBeginsByAnEscalation(boolean interrupting) throws Exception {
    String document =
        ESCALATION
            + process(
                "p",
                "<startEvent id=\"s\"/>"
                    + node("intermediateThrowEvent", "t", LATE)
                    + userTask("a")
                    + onEvent(interrupting, LATE, "b")
                    + end("e")
                    + arrow("s", "t")
                    + arrow("t", "a")
                    + arrow("a", "e"));
    startDocument(document);
    afterTheEvent(interrupting);
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
    String document =
        ESCALATION
            + process(
                "p",
                "<startEvent id=\"s\"/><subProcess id=\"sub\"><startEvent id=\"i\"/>"
                    + node("intermediateThrowEvent", "t", LATE)
                    + userTask("a")
                    + end("j")
                    + arrow("i", "t")
                    + arrow("t", "a")
                    + arrow("a", "j")
                    + "<subProcess id=\"on\" triggeredByEvent=\"true\"><startEvent id=\"begin\" isInterrupting=\"%s\">"
                        .formatted(interrupting)
                    + LATE
                    + "</startEvent>"
                    + node("endEvent", "done", LATE)
                    + arrow("begin", "done")
                    + "</subProcess></subProcess><boundaryEvent id=\"c\" attachedToRef=\"sub\" cancelActivity=\"false\">"
                    + LATE
                    + "</boundaryEvent>"
                    + userTask("b")
                    + end("e")
                    + arrow("s", "sub")
                    + arrow("sub", "e")
                    + arrow("c", "b")
                    + arrow("b", "e"));
    startDocument(document);
    afterTheEvent(interrupting);
  }

  /** All that goes on in the sub-process ends; its deadline, attached to it, still comes. */
  @ParameterizedTest
  @ValueSource(strings = {"message", "signal", "timer", "error", "escalation"})
  void whatBeginsInASubProcessInterruptsAllOfItAndNothingAttached(String kind) throws Exception {
    String begins =
        Map.of("message", GO, "signal", STORM, "timer", SOON, "error", ERROR, "escalation", LATE)
            .get(kind);
    boolean thrown = kind.equals("error") || kind.equals("escalation");
    String attached = kind.equals("message") ? STORM : GO;
    String document =
        ESCALATION
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
    startDocument(document);
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
