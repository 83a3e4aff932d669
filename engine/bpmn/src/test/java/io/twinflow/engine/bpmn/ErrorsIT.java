package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.object;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.run;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.executors.api.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors and escalations, and who catches them. BPMN 2.0.2, sections 10.5.5 and 13.5. */
final class ErrorsIT extends OneProcess {

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
    String document =
        ESCALATION
            + process(
                "inner",
                "<startEvent id=\"i\"/>"
                    + node("intermediateThrowEvent", "t", LATE)
                    + userTask("a")
                    + node("endEvent", "fails", ERROR)
                    + arrow("i", "t")
                    + arrow("t", "a")
                    + arrow("a", "fails"))
            + process(
                "p",
                "<startEvent id=\"s\"/><callActivity id=\"c\" calledElement=\"inner\"/>"
                    + "<boundaryEvent id=\"told\" attachedToRef=\"c\" cancelActivity=\"false\">"
                    + LATE
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
    startDocument(document);
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
    startDocument(document);
    if (before.startsWith("<userTask")) {
      complete("a");
    } else if (before.equals("run")) {
      Asked asked =
          asked().stream().filter(each -> each.activity().equals("a")).findFirst().orElseThrow();
      processes.resume(asked.id(), new Answer.Done(object("{\"out\": 1}")));
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
    String document =
        ESCALATION
            + process(
                "inner",
                "<startEvent id=\"i\"/>"
                    + node("intermediateThrowEvent", "t", LATE)
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
                    + onEvent(true, LATE, "b")
                    + "</subProcess>"
                    + userTask("u")
                    + end("e")
                    + arrow("s", "sub")
                    + arrow("sub", "u")
                    + arrow("u", "e"));
    startDocument(document);
    awaitWaiting("b");
    complete("b");
    awaitWaiting("u");
    complete("u");
    awaitPhase(Phase.SUCCEEDED);
  }

  @Test
  void anEscalationThatNobodyCatchesChangesNothing() throws Exception {
    String document =
        ESCALATION
            + process(
                "p",
                "<startEvent id=\"s\"/>"
                    + node("intermediateThrowEvent", "t", LATE)
                    + userTask("a")
                    + node("endEvent", "e", LATE)
                    + arrow("s", "t")
                    + arrow("t", "a")
                    + arrow("a", "e"));
    startDocument(document);
    awaitWaiting("a");
    complete("a");
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
}
