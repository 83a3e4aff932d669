package io.twinflow.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.journal.Appended;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.OwnedElsewhereException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several engines on one database. */
final class SharedDatabaseIT {

  private static final Duration LEASE = Duration.ofSeconds(1);

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  /** One engine, as far as the journal is concerned. */
  private final class Engine implements AutoCloseable {
    final HikariDataSource pool = database.newPool();
    final CommitFigures figures = new CommitFigures();
    final io.twinflow.engine.postgres.Instance instance;
    final PostgresJournalStore store;

    Engine(String name) throws IOException {
      instance =
          io.twinflow.engine.postgres.Instance.join(
              database.source(), name, "default", LEASE, figures);
      store = new PostgresJournalStore(pool, database.source(), instance, figures);
    }

    @Override
    public void close() {
      store.close();
      instance.close();
      pool.close();
    }
  }

  private static RunId run(int number) {
    return new RunId("20261120-093012-aa%04d".formatted(number));
  }

  private static List<Envelope> events(RunId run, long first, Event... events) {
    List<Envelope> envelopes = new ArrayList<>();
    for (Event event : events) {
      envelopes.add(
          new Envelope(
              "default", run, first + envelopes.size(), Instant.EPOCH, "engine", "0.1", event));
    }
    return envelopes;
  }

  private static Event owned(long epoch) {
    return new Event.RunOwned(epoch, "test");
  }

  private static Event notice(String text) {
    return new Event.NoticeGiven(text);
  }

  @Test
  void aRunOfALivingEngineIsNotTaken() throws Exception {
    try (Engine one = new Engine("process 1 on node");
        Engine two = new Engine("process 2 on node")) {
      Journal journal = one.store.create(run(1), "");
      journal.append(0, 1, "a", events(run(1), 1, owned(1)));
      assertThat(two.store.isHeld(run(1))).isTrue();
      assertThatThrownBy(() -> two.store.open(run(1), ""))
          .isInstanceOf(OwnedElsewhereException.class)
          .hasMessageContaining("process 1 on node");
      journal.close();
      two.store.open(run(1), "").close();
    }
  }

  @Test
  void anEngineWhoseLeaseRanOutCanNotAppendAnyMore() throws Exception {
    try (Engine one = new Engine("paused");
        Engine two = new Engine("other")) {
      Journal stale = one.store.create(run(1), "");
      stale.append(0, 1, "a", events(run(1), 1, owned(1)));
      one.instance.stopHeartbeat();
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !two.store.isHeld(run(1)));
      assertThat(one.instance.isAlive()).isFalse();
      Journal taken = two.store.open(run(1), "");
      assertThat(taken.head()).isEqualTo(1);
      assertThat(stale.append(1, 1, "b", events(run(1), 2, notice("late, before the new owner"))))
          .isInstanceOf(Appended.Refused.class);
      assertThat(taken.append(1, 2, "c", events(run(1), 2, owned(2))))
          .isEqualTo(new Appended.Accepted(2));
      assertThat(stale.append(2, 1, "d", events(run(1), 3, notice("late"))))
          .isInstanceOf(Appended.Refused.class);
      stale.close();
      assertThat(two.store.isHeld(run(1))).as("a stale close gives nothing away").isTrue();
    }
  }

  @Test
  void whatAnotherOwnerAppendedIsNotTakenForOnesOwn() throws Exception {
    try (Engine one = new Engine("paused");
        Engine two = new Engine("other")) {
      Journal stale = one.store.create(run(1), "");
      one.instance.stopHeartbeat();
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !two.store.isHeld(run(1)));
      Journal taken = two.store.open(run(1), "");
      taken.append(0, 1, "1.0", events(run(1), 1, owned(1)));
      assertThat(taken.find("1.0")).hasValue(1);
      assertThat(stale.find("1.0")).isEmpty();
    }
  }

  @Test
  void anEngineThatEndsFreesItsRunsAtOnce() throws Exception {
    try (Engine two = new Engine("two")) {
      try (Engine one = new Engine("one")) {
        one.store.create(run(1), "").append(0, 1, "a", events(run(1), 1, owned(1)));
      }
      two.store.open(run(1), "").close();
    }
  }

  @Test
  void aCrowdThatHoldsEveryConnectionDelaysNeitherHeartbeatsNorAppends() throws Exception {
    try (Engine one = new Engine("crowded")) {
      Journal journal = one.store.create(run(1), "");
      List<Connection> crowd = new ArrayList<>();
      for (int i = 0; i < one.pool.getMaximumPoolSize(); i++) {
        crowd.add(one.pool.getConnection());
      }
      Awaitility.await()
          .during(LEASE.multipliedBy(2))
          .atMost(LEASE.multipliedBy(3))
          .until(one.instance::isAlive);
      assertThat(journal.append(0, 1, "a", events(run(1), 1, owned(1))))
          .isEqualTo(new Appended.Accepted(1));
      for (Connection connection : crowd) {
        connection.close();
      }
    }
  }

  @Test
  void whoReadsByPositionMissesNothingWhileTwoEnginesWrite() throws Exception {
    int runs = 20;
    int appends = 50;
    AtomicBoolean written = new AtomicBoolean();
    try (Engine one = new Engine("one");
        Engine two = new Engine("two");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Long>> reader = threads.submit(() -> readPositions(written));
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        Engine engine = i % 2 == 0 ? one : two;
        RunId run = run(i);
        writers.add(threads.submit(() -> write(engine, run, appends)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      written.set(true);
      List<Long> seen = reader.get();
      assertThat(seen).hasSize(runs * appends);
      for (int i = 0; i < seen.size(); i++) {
        assertThat(seen.get(i)).isEqualTo(i + 1L);
      }
      assertThat(one.figures.commits())
          .as("commits of %d appends", one.figures.appends())
          .isLessThan(one.figures.appends());
    }
  }

  private static Void write(Engine engine, RunId run, int appends) throws IOException {
    try (Journal journal = engine.store.create(run, "")) {
      for (int i = 0; i < appends; i++) {
        Event event = i == 0 ? owned(1) : notice("n" + i);
        assertThat(journal.append(i, 1, "a" + i, events(run, i + 1, event)))
            .isEqualTo(new Appended.Accepted(i + 1));
      }
    }
    return null;
  }

  /** As a view does: from the last position it saw, again and again. */
  private List<Long> readPositions(AtomicBoolean written) throws Exception {
    List<Long> seen = new ArrayList<>();
    long last = 0;
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement()) {
      while (true) {
        boolean end = written.get();
        boolean any = false;
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT position FROM journal WHERE position > " + last + " ORDER BY position")) {
          while (rows.next()) {
            last = rows.getLong(1);
            seen.add(last);
            any = true;
          }
        }
        if (end && !any) {
          return seen;
        }
      }
    }
  }

  @Test
  void oneRefusedAppendDoesNotHoldUpTheOthersOfItsGroup() throws Exception {
    try (Engine one = new Engine("one");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Appended>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        RunId run = run(i);
        long expected = i % 4 == 0 ? 7 : 0;
        answers.add(
            threads.submit(() -> {
              Journal journal = one.store.create(run, "");
              return journal.append(expected, 1, "a", events(run, expected + 1, owned(1)));
            }));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get())
            .isInstanceOf(i % 4 == 0 ? Appended.Refused.class : Appended.Accepted.class);
      }
    }
  }
}
