package io.twinflow.engine.server.views;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.view.TaskList;
import io.twinflow.engine.core.view.TaskView;
import io.twinflow.engine.postgres.CommittedAppend;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.engine.postgres.SessionLock;
import io.twinflow.engine.server.views.TaskTable.RunTask;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the view of all tasks up to date, on one of the servers that share the database: it reads
 * the journal by position and writes what changed. A run it does not know yet, after a restart, is
 * read from its beginning.
 */
@Component
final class TaskProjector implements SmartLifecycle {

  private static final Logger LOG = System.getLogger(TaskProjector.class.getName());
  private static final SessionLock LOCK = new SessionLock(0x7477696e_7461736bL);
  private static final int APPENDS_AT_ONCE = 32;
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final DataSource database;
  private final PostgresJournalStore journals;
  private final TaskTable table;
  private final Map<RunId, TaskList> runs = new HashMap<>();
  private volatile boolean running;
  private Thread thread = Thread.ofVirtual().unstarted(() -> {});

  TaskProjector(DataSource database, PostgresJournalStore journals, TaskTable table) {
    this.database = database;
    this.journals = journals;
    this.table = table;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofVirtual().name("task-view").start(this::run);
  }

  private void run() {
    while (running) {
      try (Connection connection = database.getConnection()) {
        if (LOCK.take(connection)) {
          follow(connection);
        }
        Thread.sleep(AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (SQLException | IOException | RuntimeException e) {
        if (running) {
          LOG.log(Level.WARNING, "the view of tasks is behind: {0}", String.valueOf(e));
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

  private void follow(Connection connection)
      throws SQLException, IOException, InterruptedException {
    runs.clear();
    try {
      long position = table.position();
      while (running && connection.isValid(1)) {
        List<CommittedAppend> appends = journals.appendsAfter(position, APPENDS_AT_ONCE);
        if (appends.isEmpty()) {
          Thread.sleep(LOOK);
          continue;
        }
        position = appends.getLast().position();
        table.write(changedBy(appends), position);
      }
    } finally {
      LOCK.give(connection);
    }
  }

  /** The tasks that changed, each as it is after all of these appends. */
  private List<RunTask> changedBy(List<CommittedAppend> appends) throws IOException {
    Map<TaskKey, RunTask> changed = new LinkedHashMap<>();
    for (CommittedAppend append : appends) {
      RunId run = append.run();
      TaskList tasks = runs.get(run);
      if (tasks == null) {
        tasks = soFar(run, append.first());
        runs.put(run, tasks);
      }
      append.read(tasks.andThen(this::forgetEnded));
      for (TaskView task : tasks.takeChanged()) {
        changed.put(new TaskKey(run, task.task()), new RunTask(run, task));
      }
    }
    return new ArrayList<>(changed.values());
  }

  private record TaskKey(RunId run, long task) {}

  private void forgetEnded(Envelope envelope) {
    if (envelope.event() instanceof Event.RunEnded) {
      runs.remove(envelope.run());
    }
  }

  private TaskList soFar(RunId run, long first) throws IOException {
    TaskList tasks = new TaskList(address -> true);
    if (first > 1) {
      journals.read(
          run,
          0,
          envelope -> {
            if (envelope.sequence() < first) {
              tasks.accept(envelope);
            }
          });
    }
    return tasks;
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
