package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.postgres.SessionLock;
import io.twinflow.engine.server.runs.ProcessBell;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Carries the runs of processes, on one of the servers that share the database. What it does, it
 * finds in the database, and does once however often it begins. Where no process goes on, neither
 * does Flowable run.
 */
@Component
final class CarryProcesses implements SmartLifecycle {

  private static final Logger LOG = System.getLogger(CarryProcesses.class.getName());
  private static final SessionLock LOCK = new SessionLock(0x7477696e_70726f63L);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final DataSource database;
  private final JdbcClient client;
  private final Processes processes;
  private final ProcessBell bell;
  private final OneRound round;
  private volatile boolean running;
  private Thread thread = Thread.ofVirtual().unstarted(() -> {});

  CarryProcesses(DataSource database, Processes processes, ProcessBell bell, OneRound round) {
    this.database = database;
    this.client = JdbcClient.create(database);
    this.processes = processes;
    this.bell = bell;
    this.round = round;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofVirtual().name("processes").start(this::run);
  }

  private void run() {
    while (running) {
      try {
        if (isAnyOpen()) {
          processes.startIfUsed();
          lead();
          bell.await(AGAIN.toMillis());
        } else {
          bell.await(IDLE.toMillis());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (SQLException | IOException | RuntimeException e) {
        if (running) {
          LOG.log(Level.WARNING, "processes wait: {0}", String.valueOf(e));
          pause();
        }
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private boolean isAnyOpen() throws DataAccessException {
    return client
        .sql("SELECT EXISTS (SELECT FROM run WHERE kind = 'bpmn' AND ended IS NULL)")
        .query(Boolean.class)
        .single();
  }

  private void lead() throws SQLException, IOException, InterruptedException {
    try (Connection connection = database.getConnection()) {
      if (!LOCK.take(connection)) {
        return;
      }
      try {
        while (running && connection.isValid(1)) {
          boolean settled = round.go();
          if (settled && !isAnyOpen()) {
            return;
          }
          bell.await(LOOK.toMillis());
        }
      } finally {
        LOCK.give(connection);
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    thread.interrupt();
    try {
      thread.join(AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
