package io.twinflow.triggers.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.twinflow.engine.postgres.FiguresFile;
import io.twinflow.engine.postgres.TestDatabase;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How fast events are kept, beside a loop of insertions that knows nothing of events. */
@Tag("long")
class InboxFiguresIT {

  private static final Sender SENDER = new Sender("default", "ann");
  private static final int ROUNDS = 3;
  private static final int EVENTS = 4_000;
  private static final int BATCH = 100;
  private static final byte[] DATA = new byte[1024];
  private static final String BARE = "INSERT INTO bare VALUES (?, ?, ?)";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private final AtomicInteger ids = new AtomicInteger();

  private CloudEvent event() {
    return CloudEventBuilder.v1()
        .withId(Integer.toString(ids.incrementAndGet()))
        .withSource(URI.create("urn:example:gauges"))
        .withType("io.example.reading")
        .withData("application/octet-stream", DATA)
        .build();
  }

  /** Sends a share of all events, by one sender. */
  private interface Share {
    void send(int events) throws Exception;
  }

  private double perSecond(int senders, Share share) throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      all.add(() -> {
        share.send(EVENTS / senders);
        return null;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
      long start = System.nanoTime();
      for (Future<Void> sent : threads.invokeAll(all)) {
        sent.get();
      }
      return EVENTS / ((System.nanoTime() - start) / 1e9);
    }
  }

  private void bare(HikariDataSource pool, int events, int batch) throws Exception {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert = connection.prepareStatement(BARE)) {
      connection.setAutoCommit(false);
      for (int i = 1; i <= events; i++) {
        insert.setString(1, "urn:example:gauges");
        insert.setString(2, Integer.toString(ids.incrementAndGet()));
        insert.setBytes(3, DATA);
        insert.addBatch();
        if (i % batch == 0) {
          insert.executeBatch();
          connection.commit();
        }
      }
    }
  }

  private void kept(Inbox inbox, int events, int batch) throws Exception {
    for (int i = 0; i < events; i += batch) {
      List<CloudEvent> together = new ArrayList<>();
      for (int j = 0; j < batch; j++) {
        together.add(event());
      }
      assertThat(inbox.keep(SENDER, together)).containsOnly(true);
    }
  }

  private static double middle(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @Test
  void eventsPerSecond() throws Exception {
    try (Connection connection = database.pool().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE bare (source text, id text, data bytea, PRIMARY KEY (source, id))");
    }
    Inbox inbox = new Inbox(database.pool());
    int[][] cases = {{1, 1}, {8, 1}, {1, BATCH}, {8, BATCH}};
    StringBuilder table = new StringBuilder();
    for (int[] one : cases) {
      int senders = one[0];
      int batch = one[1];
      double[] bare = new double[ROUNDS];
      double[] kept = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        bare[round] = perSecond(senders, events -> bare(database.pool(), events, batch));
        kept[round] = perSecond(senders, events -> kept(inbox, events, batch));
      }
      table.append(
          String.format(
              Locale.ROOT,
              "| %d | %d | %.0f | %.0f | %.2f |%n",
              senders,
              batch,
              middle(bare),
              middle(kept),
              middle(kept) / middle(bare)));
    }
    FiguresFile.write(
        "inbox.md",
        """
        # Events kept in the inbox

        Written by `InboxFiguresIT`: %d events of 1 KiB in each round, in turns with a loop of insertions into a table of three columns with a
        primary key, the middle of %d rounds. PostgreSQL is on the same machine; each event or batch is durable before the next one is sent.

        %s
        | senders at once | events sent together | insertions/s of the loop | events/s | ratio |
        |---|---|---|---|---|
        %s\
        """
            .formatted(EVENTS, ROUNDS, FiguresFile.machine(), table));
  }
}
