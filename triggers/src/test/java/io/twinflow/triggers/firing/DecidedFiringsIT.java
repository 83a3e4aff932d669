package io.twinflow.triggers.firing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.postgres.Sql;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs that a table decides about. */
final class DecidedFiringsIT extends TriggersOnRows {

  @Test
  void aTableSaysWhetherThereIsARunAndWhatItIsGiven() throws Exception {
    save("{name: warn, filter: {type: reading}, workflow: w, " + DECIDE + "}");
    server();
    server();
    inbox.keep(ANN, List.of(event("a", "2"), event("b", "5"), event("c", "high")));
    awaitStates("skipped", "started", "dead");
    assertThat(all().getFirst().reason()).isEqualTo("no rule of alarm matched");
    assertThat(all().getFirst().decided()).contains("\"digest\":\"abc\"");
    assertThat(all().getFirst().run()).isNull();
    assertThat(all().get(1).decided()).contains("\"half\":2.5");
    assertThat(rows.made.get(all().get(1).run()).inputs()).isEqualTo("{\"half\":2.5}");
    assertThat(all().getLast().reason()).startsWith("level: expected a number, found");
    assertThat(table.asked)
        .extracting(Decider.Question::decision, Decider.Question::subject)
        .containsOnly(tuple("d-1", "ann"));

    save(
        "{name: warn, filter: {type: reading}, workflow: w, decide: {decision: alarm, inputs: {level: \"$(self.id === 'c' ? '7' : self.subject)\"}}, inputs: {half: $(decision.half)}}");
    assertThat(firings.replay("default", query(null), null, false)).isEqualTo(1);
    awaitStates("skipped", "started", "started");
    assertThat(rows.made.get(all().getLast().run()).inputs()).isEqualTo("{\"half\":3.5}");
  }

  @Test
  void whatATableDropsTakesNoPlaceFromTheOthers() throws Exception {
    table.failures.set(2);
    save(
        "{name: skips, filter: {type: reading}, workflow: w, overlap: {most: 1, then: skip}, "
            + DECIDE
            + "}");
    save(
        "{name: rated, filter: {type: reading}, workflow: w, rate: {most: 1, per: 1h}, "
            + DECIDE
            + "}");
    save(
        "{name: replaces, filter: {type: reading}, workflow: w, overlap: {most: 1, then: replace}, "
            + DECIDE
            + "}");
    inbox.keep(
        ANN, IntStream.range(0, 40).mapToObj(i -> event("e" + i, i == 20 ? "9" : "1")).toList());
    server();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(all())
                .extracting(Firing::trigger, Firing::state)
                .filteredOn(each -> !each.toList().getLast().equals("skipped"))
                .containsExactlyInAnyOrder(
                    tuple("skips", "started"),
                    tuple("rated", "started"),
                    tuple("replaces", "started")));
    assertThat(all())
        .filteredOn(firing -> firing.state().equals("skipped"))
        .hasSize(117)
        .extracting(Firing::reason)
        .containsOnly("no rule of alarm matched");
    inbox.keep(ANN, List.of(event("low", "1")));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(all()).filteredOn(each -> each.state().equals("skipped")).hasSize(120));
    assertThat(all()).filteredOn(each -> each.state().equals("started")).hasSize(3);
  }

  @Test
  void aMessageIsGivenIfATableSaysSo() throws Exception {
    save(
        "{name: tell, filter: {type: reading}, message: {name: go, run: run-7, values: {half: $(decision.half)}}, "
            + DECIDE.replace(", inputs: {half: $(decision.half)}", "")
            + "}");
    rows.waiting.put("go{\"run\":\"run-7\",\"values\":{\"half\":4}}", "run-7");
    rows.waiting.put("go{\"run\":\"run-7\",\"values\":{\"half\":4.0}}", "run-7");
    server();
    inbox.keep(ANN, List.of(event("a", "1"), event("b", "8")));
    awaitStates("skipped", "done");
  }

  @Test
  void whatAServerThatDiedWasDecidingIsDecidedByAnother() throws Exception {
    save("{name: warn, filter: {type: reading}, workflow: w, " + DECIDE + "}");
    inbox.keep(ANN, List.of(event("a", "5")));
    try (Triggering first = server()) {
      awaitStates("started");
    }
    new Sql(database.pool())
        .change(
            "UPDATE firing SET state = 'deciding', decided = NULL, run = NULL, starter = -1 WHERE true");
    server();
    awaitStates("started");
    assertThat(rows.made).hasSize(2);
  }
}
