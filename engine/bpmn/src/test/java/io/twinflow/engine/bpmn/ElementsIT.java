package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.run;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ends, repeats, waits for a time or stands beside something else. BPMN 2.0.2, chapters 10 and
 * 13.
 */
final class ElementsIT extends OneProcess {

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
}
