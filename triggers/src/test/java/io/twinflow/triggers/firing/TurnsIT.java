package io.twinflow.triggers.firing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many runs of a trigger there are at one time, and in which order. */
final class TurnsIT extends TriggersOnRows {

  @Test
  void oneRunTooManyWaitsForItsTurn() throws Exception {
    save("{name: one, filter: {type: reading}, workflow: w, overlap: {most: 1}}");
    Triggering server = server();
    inbox.keep(ANN, events(3));
    awaitStates("started", "waiting", "waiting");
    assertThat(all().get(1).reason()).isEqualTo("waits for one of 1 runs to end");
    end(all().getFirst().run());
    server.lookAgain();
    awaitStates("done", "started", "waiting");
    end(all().get(1).run());
    awaitStates("done", "done", "started");
  }

  /** Each run ends as soon as it is made: the order of the rest is that of their events. */
  @Test
  void thoseThatWaitForTheirTurnKeepTheirOrder() throws Exception {
    save(
        "{name: one, filter: {type: reading}, workflow: w, overlap: {most: 1}, inputs: {id: $(self.id)}}");
    List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
    AtomicInteger failures = new AtomicInteger();
    rows.fault =
        Optional.of(made -> {
          if (made.inputs().contains("e7") && failures.getAndIncrement() < 1) {
            throw new IOException("not now");
          }
          order.add(made.inputs());
        });
    server();
    Triggering second = server();
    inbox.keep(ANN, events(30));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          for (String run : rows.made.keySet()) {
            end(run);
          }
          second.lookAgain();
          return order.size() == 30;
        });
    assertThat(order)
        .isEqualTo(IntStream.range(0, 30).mapToObj(i -> "{\"id\":\"e" + i + "\"}").toList());
  }

  /** In their order, also when another one comes while some wait. */
  @Test
  void noMoreRunsBeginInATimeThanAreWanted() throws Exception {
    save(
        "{name: slow, filter: {type: reading}, workflow: w, rate: {most: 2, per: 3s}, inputs: {id: $(self.id)}}");
    List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
    rows.fault = Optional.of(run -> order.add(run.inputs()));
    server();
    server();
    inbox.keep(ANN, events(4));
    awaitStates("started", "started", "waiting", "waiting");
    assertThat(all().get(2).reason()).isEqualTo("waits for its turn: at most 2 runs begin in 3s");
    inbox.keep(ANN, List.of(event("e4", "late")));
    awaitStates("started", "started", "started", "started", "started");
    assertThat(order).hasSize(5).endsWith("{\"id\":\"e4\"}");
    List<Timestamp> begun =
        new Sql(database.pool())
            .list("SELECT begun FROM firing ORDER BY id", row -> row.getTimestamp(1));
    for (int i = 2; i < begun.size(); i++) {
      assertThat(Duration.between(begun.get(i - 2).toInstant(), begun.get(i).toInstant()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }
  }

  @Test
  void whatIsTriedAgainIsNotCountedAsAnotherRun() throws Exception {
    save("{name: slow, filter: {type: reading}, workflow: w, rate: {most: 1, per: 1h}}");
    AtomicInteger failures = new AtomicInteger();
    rows.fault =
        Optional.of(run -> {
          if (failures.getAndIncrement() < 2) {
            throw new IOException("not now");
          }
        });
    server();
    inbox.keep(ANN, events(2));
    awaitStates("started", "waiting");
  }

  @Test
  void oneRunTooManyIsSkippedOrTakesThePlaceOfTheOldest() throws Exception {
    save("{name: skip, filter: {subject: s0}, workflow: w, overlap: {most: 1, then: skip}}");
    server();
    inbox.keep(ANN, events(1));
    awaitStates("started");
    inbox.keep(ANN, List.of(event("more", "s0")));
    awaitStates("started", "skipped");
    save("{name: last, filter: {subject: r}, workflow: w, overlap: {most: 1, then: replace}}");
    inbox.keep(ANN, List.of(event("r1", "r")));
    awaitStates("started", "skipped", "started");
    inbox.keep(ANN, List.of(event("r2", "r")));
    awaitStates("started", "skipped", "done", "started");
  }
}
