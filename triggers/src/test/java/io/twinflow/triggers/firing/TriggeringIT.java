package io.twinflow.triggers.firing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.postgres.JournalMeter;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.inbox.KeptEvent;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.workflowdefs.expression.Evaluators;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From the inbox to runs, once each, whoever dies on the way. */
final class TriggeringIT extends TriggersOnRows {

  @Test
  void eachEventMakesOneRunInTheOrderOfTheInboxHoweverOftenItIsSent() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w, inputs: {id: $(self.id)}}");
    save("{name: other, filter: {type: other}, workflow: w}");
    server();
    server();
    inbox.keep(ANN, events(300));
    inbox.keep(ANN, events(300));
    inbox.keep(new Sender("default", "bob"), events(5));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(states()).hasSize(300).containsOnly("started"));
    assertThat(rows.made).hasSize(300);
    List<String> inputs =
        all().stream().map(firing -> rows.made.get(firing.run()).inputs()).toList();
    assertThat(inputs)
        .isEqualTo(IntStream.range(0, 300).mapToObj(i -> "{\"id\":\"e" + i + "\"}").toList());
    assertThat(rows.made.values())
        .allSatisfy(order -> assertThat(order.labels()).containsEntry("trigger", "each"));
  }

  @Test
  void anEventThatCameAfterATriggerWasSavedMeetsIt() throws Exception {
    int rounds = 100;
    server();
    for (int i = 0; i < rounds; i++) {
      save("{name: t%1$d, filter: {type: reading, subject: s%1$d}, workflow: w}".formatted(i));
      inbox.keep(ANN, List.of(event("e" + i, "s" + i)));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(inbox.page("default", ANY, rounds))
                .extracting(KeptEvent::state)
                .hasSize(rounds)
                .doesNotContain("new"));
    assertThat(all()).hasSize(rounds);
  }

  @Test
  void aServerThatDiesBetweenTheRunAndItsAnswerLeavesOneRun() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w}");
    AtomicInteger lost = new AtomicInteger();
    rows.fault =
        Optional.of(order -> {
          if (lost.getAndIncrement() < 3) {
            throw new IOException("no answer");
          }
        });
    server();
    inbox.keep(ANN, events(1));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(states()).containsExactly("started"));
    assertThat(rows.calls).hasValue(4);
    assertThat(rows.names).hasValue(1);
    assertThat(all().getFirst().tries()).isEqualTo(3);
  }

  @Test
  void aMessageWaitsForAProcessAndIsADeadLetterWhenNoneComes() throws Exception {
    save(
        "{name: tell, filter: {type: reading}, message: {name: go, where: {id: $(self.id)}, within: 1s}}");
    rows.waiting.put("go{\"where\":{\"id\":\"e0\"}}", "run-of-a-process");
    server();
    inbox.keep(ANN, events(2));
    awaitStates("done", "dead");
    assertThat(all().getFirst().run()).isEqualTo("run-of-a-process");
    assertThat(all().getLast().reason()).contains("waits for the message \"go\"");
    assertThat(rows.calls).hasValue(0);
    firings.replay("default", query("dead"), null, false);
    awaitStates("done", "waiting");
    rows.waiting.put("go{\"where\":{\"id\":\"e1\"}}", "run-of-another");
    awaitStates("done", "done");
  }

  @Test
  void aSignalWaitsForNobody() throws Exception {
    save("{name: tell, filter: {type: reading}, signal: {name: go, values: {id: $(self.id)}}}");
    rows.listening.put("go{\"values\":{\"id\":\"e0\"}}", 2);
    server();
    inbox.keep(ANN, events(2));
    awaitStates("done", "skipped");
    assertThat(all().getFirst().reason()).isEqualTo("the signal \"go\" has reached 2 processes");
    assertThat(all().getLast().reason())
        .isEqualTo("no process of yours listens for the signal \"go\"");
    assertThat(all()).extracting(Firing::run).containsOnlyNulls();
  }

  @Test
  void oneWhoseStartTakesLongKeepsNobodyWaiting() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w, inputs: {id: $(self.id)}}");
    java.util.concurrent.CountDownLatch held = new java.util.concurrent.CountDownLatch(1);
    rows.fault =
        Optional.of(order -> {
          if (order.inputs().contains("e0\"")) {
            try {
              held.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        });
    server();
    inbox.keep(ANN, events(100));
    await().atMost(Duration.ofSeconds(30)).until(() -> rows.made.size() == 99);
    assertThat(states().getFirst()).isEqualTo("starting");
    held.countDown();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(states()).hasSize(100).containsOnly("started"));
    assertThat(rows.calls).hasValue(100);
  }

  @Test
  void whatADeadServerHadTakenIsMadeByAnotherUnderTheSameName() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w}");
    Instance dead = Instance.join(database.pool(), "dead", "default", LEASE, JournalMeter.NONE);
    new Dispatch(database.pool(), Evaluators.standard()).next();
    inbox.keep(ANN, events(2));
    new Dispatch(database.pool(), Evaluators.standard()).next();
    List<Claimed> claimed = new ClaimFirings(database.pool(), rows, dead.number()).next(List.of());
    assertThat(claimed).hasSize(2);
    dead.close();
    server();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(states()).containsExactly("started", "started"));
    assertThat(rows.made.keySet())
        .containsExactlyInAnyOrderElementsOf(claimed.stream().map(Claimed::run).toList());
  }

  @Test
  void aDatabaseThatIsAwayMakesNoDeadLetterHoweverLong() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w}");
    rows.fault =
        Optional.of(_ -> {
          throw new IllegalStateException(new SQLException("shut down", "57P01"));
        });
    server();
    inbox.keep(ANN, events(1));
    await().untilAsserted(() -> assertThat(rows.calls).hasPositiveValue());
    Sql sql = new Sql(database.pool());
    String tooOften = "UPDATE firing SET tries = 40, due = now() WHERE state = 'waiting'";
    await().until(() -> sql.change(tooOften) == 1);
    await()
        .until(
            () -> sql.list("SELECT tries FROM firing", row -> row.getInt(1)).equals(List.of(41)));
    assertThat(all().getFirst().reason()).isEqualTo("tried again: the database was away");
    rows.fault = Optional.empty();
    sql.change("UPDATE firing SET due = now()");
    awaitStates("started");
  }

  @Test
  void whatCanMakeNoRunIsADeadLetterUntilItIsReplayed() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w, inputs: {x: $(self.nothing.deep)}}");
    server();
    inbox.keep(ANN, events(1));
    awaitStates("dead");
    Firing dead = all().getFirst();
    assertThat(dead.reason()).contains("each:1:", "nothing");
    assertThat(firings.events(dead.id())).hasSize(1);
    assertThat(rows.made).isEmpty();
    save("{name: each, filter: {type: reading}, workflow: w, inputs: {x: 1}}");
    assertThat(firings.replay("default", query(null), null, false)).isEqualTo(1);
    assertThat(firings.replay("default", query(null), null, false)).isZero();
    awaitStates("started");
    assertThat(all().getFirst().version()).isEqualTo(2);
  }
}
