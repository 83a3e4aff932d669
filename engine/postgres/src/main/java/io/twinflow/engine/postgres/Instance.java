package io.twinflow.engine.postgres;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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

  private final KeptConnection connection;
  private final JournalMeter meter;
  private final long id;
  private final String tenant;
  private final Duration lease;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());
  private volatile long lastBeat;
  private boolean lost;
  private @Nullable Future<?> beating;

  private Instance(
      KeptConnection connection,
      JournalMeter meter,
      long id,
      String tenant,
      Duration lease,
      long joined) {
    this.connection = connection;
    this.meter = meter;
    this.id = id;
    this.tenant = tenant;
    this.lease = lease;
    this.lastBeat = joined;
  }

  /**
   * Joins, and stays alive until closed.
   *
   * @param database gives connections of which one is kept, so that no crowd delays a heartbeat
   * @param name for people: process, host, start
   * @param lease after so long without a heartbeat others take the runs over
   */
  public static Instance join(
      DataSource database, String name, String tenant, Duration lease, JournalMeter meter)
      throws IOException {
    long asked = System.nanoTime();
    long id =
        new Sql(database)
            .list(
                "INSERT INTO instance (name, lease) VALUES (?, make_interval(secs => ?)) RETURNING id",
                row -> row.getLong(1),
                name,
                lease.toMillis() / 1e3)
            .getFirst();
    Instance instance =
        new Instance(new KeptConnection(database, fresh -> {}), meter, id, tenant, lease, asked);
    long pause = lease.toMillis() / BEATS_IN_A_LEASE;
    instance.beating =
        instance.heart.scheduleWithFixedDelay(instance::beat, 0, pause, TimeUnit.MILLISECONDS);
    return instance;
  }

  private void beat() {
    long asked = System.nanoTime();
    if (!isAlive() && !lost) {
      lost = true;
      meter.leaseLost();
    }
    try {
      change("UPDATE instance SET heartbeat = clock_timestamp() WHERE id = ?");
      lastBeat = asked;
      lost = false;
      meter.beaten(Duration.ofNanos(System.nanoTime() - asked));
    } catch (SQLException | RuntimeException e) {
      // Whatever it was: a heart that threw would never beat again.
      LOG.log(Level.WARNING, "no heartbeat: {0}", e.getMessage());
    }
  }

  private void change(String statement) throws SQLException {
    connection.with(database -> {
      try (PreparedStatement prepared = database.prepareStatement(statement)) {
        prepared.setLong(1, id);
        return prepared.executeUpdate();
      }
    });
  }

  /** By which the database knows it. */
  public long number() {
    return id;
  }

  public String tenant() {
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
    try (connection) {
      change("DELETE FROM instance WHERE id = ?");
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "could not leave ({0}); the lease runs out", e.getMessage());
    }
  }
}
