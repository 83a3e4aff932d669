package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.workflowdefs.value.RecordValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way a process takes. BPMN 2.0.2, sections 10.6 and 13.4. */
final class GatewaysIT extends OneProcess {

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
}
