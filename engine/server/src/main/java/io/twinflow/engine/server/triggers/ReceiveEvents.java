package io.twinflow.engine.server.triggers;

import io.twinflow.engine.postgres.SessionLock;
import io.twinflow.triggers.source.ConfiguredSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Has the configured sources received by one of the servers that share a database: the one that
 * holds a lock there. When it dies, or loses its connection, another one goes on; what both took is
 * kept once.
 */
public final class ReceiveEvents implements SmartLifecycle {

  private static final Logger LOG = System.getLogger(ReceiveEvents.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration END = Duration.ofSeconds(30);
  private static final SessionLock LOCK = new SessionLock(0x7477696e_73726373L);

  private final Opening opening;
  private final DataSource database;
  private final SourceIntakes intakes;
  private final Semaphore stopped = new Semaphore(0);
  private volatile List<ConfiguredSource> open;
  private volatile boolean receives;
  private @Nullable Thread thread;
  private boolean running;

  /** Makes the sources anew, for the next time that this server's turn comes. */
  public interface Opening {
    List<ConfiguredSource> open();
  }

  /**
   * @param first the sources, opened
   * @param database gives connections of which one is kept
   */
  public ReceiveEvents(
      List<ConfiguredSource> first, Opening opening, DataSource database, SourceIntakes intakes) {
    this.opening = opening;
    this.database = database;
    this.intakes = intakes;
    this.open = first;
  }

  /** All that are configured, whichever server receives them. */
  public List<ConfiguredSource> all() {
    return open;
  }

  /** Whether this server does. */
  public boolean isReceiving() {
    return receives;
  }

  @Override
  public synchronized void start() {
    running = true;
    if (!open.isEmpty()) {
      thread = Thread.ofVirtual().name("receive-events").start(this::untilStopped);
    }
  }

  private void untilStopped() {
    try {
      boolean end = false;
      while (!end) {
        end = turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @return whether it was stopped
   */
  private boolean turn() throws InterruptedException {
    try (Connection connection = database.getConnection()) {
      while (!LOCK.take(connection)) {
        if (stopped.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      return receive(connection);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "sources are not received here: the database: {0}", e.getMessage());
      return stopped.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private boolean receive(Connection connection) throws SQLException, InterruptedException {
    begin();
    try {
      while (!stopped.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!connection.isValid(1)) {
          throw new SQLException("the connection is gone, and the lock with it");
        }
      }
      return true;
    } finally {
      end();
      LOCK.give(connection);
    }
  }

  private void begin() {
    open.forEach(this::start);
    receives = true;
    LOG.log(Level.INFO, "this server receives the sources");
  }

  private void start(ConfiguredSource each) {
    each.source().start(intakes.of(each));
    if (each.sweep() != null) {
      each.sweep().start(intakes.ofSweep(each));
    }
  }

  /** They cannot be started again: there are new ones for the next turn. */
  private void end() {
    receives = false;
    open.forEach(ConfiguredSource::close);
    open = opening.open();
  }

  @Override
  public synchronized void stop() {
    running = false;
    Thread ending = thread;
    if (ending == null) {
      return;
    }
    stopped.release();
    try {
      ending.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }
}
