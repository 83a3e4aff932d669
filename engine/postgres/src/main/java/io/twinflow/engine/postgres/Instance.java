package io.twinflow.engine.postgres;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * This engine among those that share a database. It owns runs as long as its heartbeat is younger
 * than its lease, by the database's clock.
 */
public final class Instance implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Instance.class.getName());
  private static final int BEATS_IN_A_LEASE = 5;

  private final Sql sql;
  private final long id;
  private final String tenant;
  private final Duration lease;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());
  private volatile long lastBeat;
  private @Nullable Future<?> beating;

  private Instance(Sql sql, long id, String tenant, Duration lease) {
    this.sql = sql;
    this.id = id;
    this.tenant = tenant;
    this.lease = lease;
    this.lastBeat = System.nanoTime();
  }

  /**
   * Joins, and stays alive until closed.
   *
   * @param name for people: process, host, start
   * @param lease after so long without a heartbeat others take the runs over
   */
  public static Instance join(DataSource database, String name, String tenant, Duration lease)
      throws IOException {
    Sql sql = new Sql(database);
    long id =
        sql.list(
                "INSERT INTO instance (name, lease) VALUES (?, make_interval(secs => ?)) RETURNING id",
                row -> row.getLong(1),
                name,
                lease.toMillis() / 1e3)
            .getFirst();
    Instance instance = new Instance(sql, id, tenant, lease);
    long pause = lease.toMillis() / BEATS_IN_A_LEASE;
    instance.beating =
        instance.heart.scheduleWithFixedDelay(instance::beat, pause, pause, TimeUnit.MILLISECONDS);
    return instance;
  }

  private void beat() {
    long asked = System.nanoTime();
    try {
      sql.change("UPDATE instance SET heartbeat = clock_timestamp() WHERE id = ?", id);
      lastBeat = asked;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "no heartbeat: {0}", e.getMessage());
    }
  }

  long id() {
    return id;
  }

  String tenant() {
    return tenant;
  }

  /**
   * Whether nobody can have taken this engine's runs over yet. False after a pause longer than the
   * lease, until the next heartbeat: then no effect may be let out.
   */
  public boolean isAlive() {
    return System.nanoTime() - lastBeat < lease.toNanos();
  }

  /** As if this engine had been paused. */
  void stopHeartbeat() {
    if (beating != null) {
      beating.cancel(false);
    }
  }

  /** Leaves; its runs are free at once. */
  @Override
  public void close() {
    heart.shutdownNow();
    try {
      sql.change("DELETE FROM instance WHERE id = ?", id);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "could not leave ({0}); the lease runs out", e.getMessage());
    }
  }
}
