package io.twinflow.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.journal.Appended;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is killed while many runs append to it. */
final class LostDatabaseIT {

  private static final int RUNS = 8;
  private static final int APPENDS = 300;

  @TempDir private Path folder;

  @Test
  void everyAppendIsMadeExactlyOnce() throws Exception {
    try (PrivatePostgres server = PrivatePostgres.start(folder);
        var pool = Pool.of(server.dataSource(), "test", 8, Duration.ofSeconds(30))) {
      Schema.migrate(pool);
      try (var instance =
              io.twinflow.engine.postgres.Instance.join(
                  server.dataSource(), "me", "default", Duration.ofSeconds(60), JournalMeter.NONE);
          PostgresJournalStore store =
              new PostgresJournalStore(pool, server.dataSource(), instance, JournalMeter.NONE);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Long>> writers = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
          RunId run = new RunId("20261120-093012-aa%04d".formatted(i));
          Journal journal = store.create(run, "");
          writers.add(threads.submit(() -> write(journal, run)));
        }
        Random random = new Random(4711);
        for (int kill = 0; kill < 3; kill++) {
          ProcessHandle running = server.process();
          Thread.sleep(random.nextInt(400));
          running.destroyForcibly();
          running.onExit().join();
          server.awaitRestart(running);
        }
        for (int i = 0; i < RUNS; i++) {
          assertThat(writers.get(i).get()).isEqualTo(APPENDS);
          List<Long> sequences = new ArrayList<>();
          store.read(
              new RunId("20261120-093012-aa%04d".formatted(i)),
              0,
              envelope -> sequences.add(envelope.sequence()));
          assertThat(sequences).hasSize(APPENDS).isSorted().doesNotHaveDuplicates();
        }
      }
    }
  }

  @Test
  void whatAnAppendNamesIsThereThoughTheDatabaseDiedInBetween() throws Exception {
    try (PrivatePostgres server = PrivatePostgres.start(folder);
        var pool = Pool.of(server.dataSource(), "test", 8, Duration.ofSeconds(30))) {
      Schema.migrate(pool);
      neverSyncByItself(server);
      try (var instance =
              io.twinflow.engine.postgres.Instance.join(
                  server.dataSource(), "me", "default", Duration.ofSeconds(60), JournalMeter.NONE);
          PostgresJournalStore store =
              new PostgresJournalStore(pool, server.dataSource(), instance, JournalMeter.NONE)) {
        RunId run = new RunId("20261120-093012-aa0000");
        Journal journal = store.create(run, "");
        instance.stopHeartbeat();
        append(journal, run, 0);
        String blob = store.blobs(run).put("a definition");
        ProcessHandle running = server.process();
        running.destroyForcibly();
        running.onExit().join();
        server.awaitRestart(running);
        append(journal, run, 1);
        assertThat(store.blobs(run).get(blob)).isEqualTo("a definition");
      }
    }
  }

  /** The log is written to disk by commits alone, not also every fifth of a second. */
  private static void neverSyncByItself(PrivatePostgres server) throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET wal_writer_delay = '10s'");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private static long write(Journal journal, RunId run) {
    for (int i = 0; i < APPENDS; i++) {
      append(journal, run, i);
    }
    return journal.head();
  }

  private static void append(Journal journal, RunId run, int before) {
    Event event = before == 0 ? new Event.RunOwned(1, "me") : new Event.NoticeGiven("n" + before);
    Envelope envelope =
        new Envelope("default", run, before + 1, Instant.EPOCH, "engine", "0.1", event);
    assertThat(journal.append(before, 1, "a" + before, List.of(envelope)))
        .isEqualTo(new Appended.Accepted(before + 1));
  }
}
