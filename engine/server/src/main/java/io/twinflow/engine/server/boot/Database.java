package io.twinflow.engine.server.boot;

import com.zaxxer.hikari.HikariDataSource;
import io.twinflow.engine.postgres.Pool;
import io.twinflow.engine.postgres.Schema;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.io.IOException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A private server's database, or one that several share. However many people ask, the engine keeps
 * connections of its own: runs a few, the journal's writer and the heartbeat one each.
 *
 * @param web for whatever people ask; who gets no connection in time is answered 503
 * @param engine for runs, of which thousands may be taken up at once
 * @param source for those who keep a connection
 */
record Database(
    HikariDataSource web, HikariDataSource engine, DataSource source, AutoCloseable server)
    implements AutoCloseable {

  private static final int FOR_PEOPLE = 16;
  private static final int FOR_RUNS = 8;
  private static final Duration PEOPLE_WAIT = Duration.ofSeconds(10);
  private static final Duration RUNS_WAIT = Duration.ofMinutes(1);

  /** Longer than any statement takes; a database that vanished without a word is given up then. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /**
   * @param url of a shared one; null for a private one in the folder
   */
  static Database open(@Nullable String url, DataFolder folder)
      throws IOException, InterruptedException {
    if (url == null) {
      PrivatePostgres postgres = PrivatePostgres.start(folder.postgres());
      return ready(postgres.dataSource(), postgres);
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return ready(source, () -> {});
  }

  private static Database ready(PGSimpleDataSource source, AutoCloseable server)
      throws IOException {
    Schema.migrate(source);
    if (source.getSocketTimeout() == 0) {
      source.setSocketTimeout((int) SILENCE.toSeconds());
    }
    source.setTcpKeepAlive(true);
    HikariDataSource engine = Pool.of(source, "engine", FOR_RUNS, RUNS_WAIT);
    return new Database(Pool.of(source, "web", FOR_PEOPLE, PEOPLE_WAIT), engine, source, server);
  }

  @Override
  public void close() throws Exception {
    web.close();
    engine.close();
    server.close();
  }
}
