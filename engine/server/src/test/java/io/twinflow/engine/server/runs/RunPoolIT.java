package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.postgres.JournalMeter;
import io.twinflow.engine.postgres.Pool;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.Schema;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import io.twinflow.engine.postgres.queue.AdmitRuns;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away between the listing of a run and its taking up. */
final class RunPoolIT {

  private static final RunId RUN = new RunId("20261120-093012-aa0001");

  @TempDir private Path folder;

  @Test
  void aRunThatCouldNotBeTakenUpIsTakenUpLater() throws Exception {
    try (PrivatePostgres postgres = PreparedPostgres.start(folder);
        var pool = Pool.of(postgres.dataSource(), "test", 4, Duration.ofSeconds(10))) {
      Schema.migrate(pool);
      try (Instance instance =
              Instance.join(
                  postgres.dataSource(),
                  "me",
                  "default",
                  Duration.ofMinutes(1),
                  JournalMeter.NONE);
          PostgresJournalStore journals =
              new PostgresJournalStore(pool, postgres.dataSource(), instance, JournalMeter.NONE)) {
        Sql sql = new Sql(pool);
        journals.create(RUN, "").close();
        sql.change("UPDATE run SET admitted = now() WHERE id = ?", RUN.value());
        Queue<RunId> executed = new ConcurrentLinkedQueue<>();
        Engine engine = engine(executed);
        RunPool runs =
            new RunPool(
                engine,
                journals,
                new RunNews(List.of()),
                new RunRequests(refusing(pool, 2), engine),
                new AdmitRuns(sql, "default", "local"));
        runs.start();
        try {
          Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> executed.contains(RUN));
        } finally {
          runs.stop();
        }
      }
    }
  }

  /** Notes what it is to execute, and does nothing. */
  private static Engine engine(Queue<RunId> executed) {
    return (Engine)
        Proxy.newProxyInstance(
            RunPoolIT.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("execute")) {
                executed.add((RunId) arguments[0]);
              }
              return null;
            });
  }

  /** It cannot be reached the first times. */
  private static DataSource refusing(DataSource database, int times) {
    AtomicInteger left = new AtomicInteger(times);
    return (DataSource)
        Proxy.newProxyInstance(
            RunPoolIT.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (left.getAndDecrement() > 0) {
                throw new SQLException("connection refused");
              }
              try {
                return method.invoke(database, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
