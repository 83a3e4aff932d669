package io.twinflow.triggers.firing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.Sql;
import org.junit.jupiter.api.Test;

/** Data that are looked at before their run. */
final class CheckedFiringsIT extends TriggersOnRows {

  private static final String CHECKED =
      """
      name: checked
      filter: {type: reading}
      workflow: w
      inputs: {id: $(self.id)}
      check: {workflow: c, inputs: {what: $(self.subject)}}
      overlap: {most: 1}
      """;

  @Test
  void aRunBeginsWhenItsDataAreFoundGoodAndThoseBehindItWait() throws Exception {
    save(CHECKED);
    Triggering server = server();
    inbox.keep(ANN, events(2));
    awaitStates("checking", "waiting");
    Firing first = all().getFirst();
    assertThat(rows.made).containsOnlyKeys(String.valueOf(first.checkRun()));
    RunMaker.Order check = rows.made.get(first.checkRun());
    assertThat(check.workflow()).isEqualTo("wf-check");
    assertThat(check.inputs()).isEqualTo("{\"what\":\"s0\"}");
    assertThat(check.labels())
        .containsEntry("trigger", "checked")
        .containsEntry("checks", first.run());
    end(first.checkRun());
    server.lookAgain();
    awaitStates("started", "waiting");
    assertThat(rows.made.get(first.run()).inputs()).isEqualTo("{\"id\":\"e0\"}");
    end(first.run());
    server.lookAgain();
    awaitStates("done", "checking");
  }

  @Test
  void dataThatAreNotGoodAreInQuarantineUntilSomebodyWantsThemTriedOrTaken() throws Exception {
    save(CHECKED);
    Triggering server = server();
    inbox.keep(ANN, events(2));
    awaitStates("checking", "waiting");
    Firing first = all().getFirst();
    end(first.checkRun(), "FAILED");
    server.lookAgain();
    awaitStates("quarantined", "checking");
    assertThat(all().getFirst().reason())
        .isEqualTo("its check, run " + first.checkRun() + ", failed");
    assertThat(rows.made).doesNotContainKey(first.run());
    end(all().getLast().checkRun(), "CANCELLED");
    server.lookAgain();
    awaitStates("quarantined", "quarantined");
    assertThat(all().getLast().reason()).endsWith("was cancelled");
    assertThat(firings.replay("default", query(null), first.id(), false)).isEqualTo(1);
    server.lookAgain();
    awaitStates("checking", "quarantined");
    assertThat(all().getFirst().checkRun()).isNotEqualTo(first.checkRun());
    end(all().getFirst().checkRun(), "FAILED");
    server.lookAgain();
    awaitStates("quarantined", "quarantined");
    assertThat(firings.replay("default", query(null), first.id(), true)).isEqualTo(1);
    server.lookAgain();
    awaitStates("started", "quarantined");
  }

  /** As retention may do it. */
  @Test
  void aCheckThatIsGoneSaysNothingGood() throws Exception {
    save(CHECKED);
    Triggering server = server();
    inbox.keep(ANN, events(1));
    awaitStates("checking");
    new Sql(database.pool()).change("DELETE FROM run WHERE id = ?", all().getFirst().checkRun());
    server.lookAgain();
    awaitStates("quarantined");
    assertThat(all().getFirst().reason()).endsWith("was deleted before it had ended");
  }
}
