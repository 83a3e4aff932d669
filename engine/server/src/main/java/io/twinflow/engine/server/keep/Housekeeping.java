package io.twinflow.engine.server.keep;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sweeps from time to time, and soon when something was deleted. */
@Component
final class Housekeeping implements SmartLifecycle {

  private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final int LOOKS_TO_A_SWEEP = 60;

  private final Sweep sweep;
  private final JdbcClient database;
  private final Semaphore stopped = new Semaphore(0);
  private volatile boolean running;

  Housekeeping(Sweep sweep, DataSource database) {
    this.sweep = sweep;
    this.database = JdbcClient.create(database);
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("housekeeping").start(this::keep);
  }

  private void keep() {
    try {
      int looks = 0;
      while (!stopped.tryAcquire(LOOK.toSeconds(), TimeUnit.SECONDS)) {
        look(looks % LOOKS_TO_A_SWEEP == 0);
        looks++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(boolean whole) {
    try {
      if (whole || isAnyDeleted()) {
        sweep.sweep();
      }
    } catch (IOException | DataAccessException e) {
      LOG.log(Level.WARNING, "what is not needed cannot be removed: {0}", e.getMessage());
    }
  }

  private boolean isAnyDeleted() {
    return database
        .sql(
            """
            SELECT EXISTS (SELECT FROM run
              WHERE deleting < clock_timestamp() - make_interval(secs => ?))
            """)
        .param(Sweep.GRACE.toSeconds())
        .query((row, number) -> row.getBoolean(1))
        .single();
  }

  @Override
  public void stop() {
    running = false;
    stopped.release();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
