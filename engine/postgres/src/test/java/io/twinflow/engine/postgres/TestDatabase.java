package io.twinflow.engine.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/** A fresh database for each test, in one PostgreSQL for all of them. */
public final class TestDatabase implements BeforeEachCallback, AfterEachCallback {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private PrivatePostgres server;
  private HikariDataSource pool;
  private String name;

  /** The server of this JVM, stopped when the last test has ended. */
  private record Server(Path folder, PrivatePostgres postgres) implements AutoCloseable {

    static Server start() {
      try {
        Path folder = Files.createTempDirectory("twinflow-postgres");
        return new Server(folder, PreparedPostgres.start(folder));
      } catch (Exception e) {
        throw new IllegalStateException("no PostgreSQL for the tests", e);
      }
    }

    @Override
    public void close() throws Exception {
      postgres.close();
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    server =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent("postgres", key -> Server.start(), Server.class)
            .postgres();
    name = "test" + NUMBER.incrementAndGet();
    PreparedPostgres.execute(
        server, "CREATE DATABASE %s TEMPLATE %s".formatted(name, PreparedPostgres.READY));
    pool = newPool();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    pool.close();
    PreparedPostgres.execute(server, "DROP DATABASE " + name + " WITH (FORCE)");
  }

  public HikariDataSource pool() {
    return pool;
  }

  PrivatePostgres server() {
    return server;
  }

  /** Without a pool, for those who have their own. */
  public DataSource plain() {
    return source();
  }

  /** As another engine would have it. */
  HikariDataSource newPool() {
    return Pool.of(source(), "test", 8, Duration.ofSeconds(10));
  }

  PGSimpleDataSource source() {
    PGSimpleDataSource source = server.dataSource();
    source.setDatabaseName(name);
    return source;
  }
}
