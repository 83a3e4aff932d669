package io.twinflow.triggers.source.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.core.BeginJournal;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.journal.Appended;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.postgres.JournalMeter;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.KeptEvent;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.source.ConfiguredSource;
import io.twinflow.triggers.source.Format;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.KeepMessages;
import io.twinflow.triggers.source.Message;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ends of runs in a real PostgreSQL, written by the journals of several engines. */
class EndedRunsIT {

  private static final Sender RUNS = new Sender("default", "source:runs");
  private static final RunResults RESULTS =
      (tenant, run) -> Optional.of(new RunResults.Result("{}", null, null, null));

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private PostgresJournalStore engine() throws IOException {
    Instance instance =
        Instance.join(
            database.pool(), "test", "default", Duration.ofSeconds(30), JournalMeter.NONE);
    opened.add(instance);
    PostgresJournalStore store =
        new PostgresJournalStore(database.pool(), database.pool(), instance, JournalMeter.NONE);
    opened.add(store);
    return store;
  }

  private static void end(PostgresJournalStore engine, String id, Map<String, String> labels)
      throws IOException {
    RunId run = new RunId(id);
    Payload nothing = new Payload.Inline(RecordValue.EMPTY);
    try (Journal journal = new BeginJournal(engine).of(run, "ann", 0, false).orElseThrow()) {
      List<Envelope> events = new ArrayList<>();
      for (Event event :
          List.of(
              new Event.RunCreated(
                  "ann",
                  "flood",
                  "0123",
                  "none",
                  nothing,
                  Event.RunOptions.DEFAULT,
                  labels,
                  Optional.empty()),
              new Event.RunEnded(RunState.SUCCEEDED, nothing, null, List.of()))) {
        events.add(
            new Envelope(
                "default", run, events.size() + 1, Instant.now(), "engine", "test", event));
      }
      assertThat(journal.append(0, 0, "all", events)).isInstanceOf(Appended.Accepted.class);
    }
  }

  private Intake intake(Inbox inbox) {
    return KeepMessages.of(
        inbox,
        RUNS,
        new ConfiguredSource(
            "runs",
            new RunsSource("runs", database.pool(), RESULTS),
            Format.CLOUDEVENTS,
            null,
            null,
            List.of()),
        (accepted, duplicates, refused) -> {});
  }

  private RunsLook look() {
    return new RunsLook(new EndedRuns(database.pool()), RESULTS);
  }

  private static List<String> ids(Inbox inbox) throws IOException {
    return inbox
        .page("default", new Inbox.Query(null, null, null, null, null), 100_000)
        .reversed()
        .stream()
        .map((KeptEvent kept) -> kept.event().getId())
        .toList();
  }

  /** Two servers look as fast as they can, as if both had the lock, while two engines write. */
  @Test
  void noRunIsLostOrToldTwiceWhoeverEndsItAndWhoeverLooks() throws Exception {
    Inbox inbox = new Inbox(database.pool());
    look().look(intake(inbox));
    AtomicBoolean writing = new AtomicBoolean(true);
    Set<String> written = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> lookers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        lookers.add(
            threads.submit(() -> {
              while (writing.get()) {
                look().look(intake(inbox));
              }
              return null;
            }));
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int e = 0; e < 2; e++) {
        PostgresJournalStore engine = engine();
        for (int t = 0; t < 4; t++) {
          String of = "%d%d".formatted(e, t);
          writers.add(
              threads.submit(() -> {
                for (int i = 0; i < 50; i++) {
                  String id = "20261121-1000%s-aaa%03d".formatted(of, i);
                  end(engine, id, Map.of());
                  written.add(id);
                }
                return null;
              }));
        }
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      writing.set(false);
      for (Future<?> looker : lookers) {
        looker.get();
      }
    }
    while (look().look(intake(inbox)).isZero()) {
      // There is more behind what was looked at.
      assertThat(intake(inbox).position()).isPresent();
    }
    assertThat(written).hasSize(400);
    assertThat(ids(inbox)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
  }

  /** Its number and its time are those of before, and it is seen after the other all the same. */
  @Test
  void oneThatIsCommittedLateIsSeenAfterWhatWasCommittedBefore() throws Exception {
    EndedRuns runs = new EndedRuns(database.pool());
    long before = runs.now();
    try (Connection first = database.pool().getConnection();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      first.setAutoCommit(false);
      row(first, "run-1");
      clock(first, "run-1");
      Future<?> second =
          threads.submit(() -> {
            try (Connection connection = database.pool().getConnection()) {
              connection.setAutoCommit(false);
              row(connection, "run-2");
              clock(connection, "run-2");
              connection.commit();
            }
            return null;
          });
      Sql sql = new Sql(database.pool());
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              sql.list("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'", row -> 1)
                      .size()
                  == 1);
      EndedRuns.Some none = runs.after(before);
      assertThat(none.runs()).isEmpty();
      assertThat(none.until()).isEqualTo(before);
      assertThat(second.isDone()).isFalse();
      first.commit();
      second.get();
      EndedRuns.Some both = runs.after(none.until());
      assertThat(both.runs()).extracting(EndedRun::id).containsExactly("run-1", "run-2");
      assertThat(both.more()).isFalse();
    }
  }

  private static void row(Connection connection, String run) throws Exception {
    Sql.run(
        connection,
        "INSERT INTO run (id, tenant, subject, head, created, ended, state) VALUES (?, 'default', 'ann', 1, now(), now(), 'FAILED')",
        run);
  }

  private static void clock(Connection connection, String run) throws Exception {
    Sql.run(
        connection,
        """
        WITH clock AS (UPDATE journal_clock SET position = position + 1 RETURNING position)
        INSERT INTO journal (tenant, run, first, last, position, append_id, lines)
        SELECT 'default', ?, 1, 1, position, 'a', '' FROM clock
        """,
        run);
  }

  @Test
  void whatCouldNotBeKeptIsToldAgainAndWhatEndedWhileNobodyLookedIsTold() throws Exception {
    Inbox inbox = new Inbox(database.pool());
    PostgresJournalStore engine = engine();
    end(engine, "20261121-090000-before", Map.of());
    look().look(intake(inbox));
    for (int i = 0; i < 230; i++) {
      end(engine, "20261121-100000-aaa%03d".formatted(i), Map.of());
    }
    Intake refusing =
        new Intake() {
          @Override
          public void take(List<Message> messages) throws IOException {
            throw new IOException("no");
          }

          @Override
          public void take(List<Message> messages, String position) throws IOException {
            throw new IOException("no");
          }

          @Override
          public Optional<String> position() throws IOException {
            return intake(inbox).position();
          }
        };
    assertThatThrownBy(() -> look().look(refusing)).hasMessage("no");
    // So many at once, and the rest at once after them.
    assertThat(look().look(intake(inbox))).isZero();
    assertThat(ids(inbox)).hasSize(100);
    assertThat(look().look(intake(inbox))).isZero();
    assertThat(look().look(intake(inbox))).isPositive();
    assertThat(ids(inbox)).hasSize(230).doesNotContain("20261121-090000-before");
  }

  @Test
  void whatLedToARunIsCountedThroughTriggersChecksAndProcesses() throws Exception {
    PostgresJournalStore engine = engine();
    Sql sql = new Sql(database.pool());
    sql.change(
        """
        INSERT INTO firing (tenant, trigger, version, subject, state, run, check_run, chain) VALUES
          ('default', 't', 1, 'ann', 'started', '20261121-100000-run000', '20261121-100000-check0', 3),
          ('default', 't', 1, 'ann', 'started', '20261121-100000-proc00', NULL, 5)
        """);
    end(engine, "20261121-100000-alone0", Map.of());
    end(engine, "20261121-100000-run000", Map.of());
    end(engine, "20261121-100000-check0", Map.of());
    end(engine, "20261121-100000-work00", Map.of("process", "20261121-100000-proc00"));
    assertThat(new EndedRuns(database.pool()).after(0).runs())
        .extracting(EndedRun::chain)
        .containsExactly(0, 4, 4, 6);
  }

  @Test
  void aRunThatWasDeletedIsNotTold() throws Exception {
    PostgresJournalStore engine = engine();
    end(engine, "20261121-100000-gone00", Map.of());
    end(engine, "20261121-100000-here00", Map.of());
    new Sql(database.pool())
        .change("UPDATE run SET deleting = now() WHERE id = '20261121-100000-gone00'");
    assertThat(new EndedRuns(database.pool()).after(0).runs())
        .extracting(EndedRun::id)
        .containsExactly("20261121-100000-here00");
  }
}
