package io.twinflow.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.journal.Appended;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.nio.file.Path;
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

  private static long write(Journal journal, RunId run) {
    for (int i = 0; i < APPENDS; i++) {
      Event event = i == 0 ? new Event.RunOwned(1, "me") : new Event.NoticeGiven("n" + i);
      Envelope envelope =
          new Envelope("default", run, i + 1, Instant.EPOCH, "engine", "0.1", event);
      Appended appended = journal.append(i, 1, "a" + i, List.of(envelope));
      assertThat(appended).isEqualTo(new Appended.Accepted(i + 1));
    }
    return journal.head();
  }
}
