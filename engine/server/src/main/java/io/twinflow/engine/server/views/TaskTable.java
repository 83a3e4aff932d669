package io.twinflow.engine.server.views;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.view.TaskView;
import io.twinflow.engine.server.runs.RunRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The view of all tasks. It follows the journal within a moment. */
@Component
public final class TaskTable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final JdbcClient database;
  private final JsonMapper json;

  TaskTable(DataSource database, JsonMapper json) {
    this.database = JdbcClient.create(database);
    this.json = json;
  }

  /**
   * A page of a run's tasks, in the order they were made.
   *
   * @param step the path of a step without indices, as in {@code calibrate/simulate}; null for all
   * @param state in lower case; null for all
   * @param after the last task of the page before; 0 for the first page
   */
  public List<TaskJson> page(
      RunId run, @Nullable String step, @Nullable String state, long after, int most) {
    StringBuilder sql = new StringBuilder("SELECT detail FROM task WHERE run = ? AND task > ?");
    List<Object> parameters = new ArrayList<>(List.of(run.value(), after));
    if (step != null) {
      sql.append(" AND step = ?");
      parameters.add(step);
    }
    if (state != null) {
      sql.append(" AND state = ?");
      parameters.add(state.toLowerCase(Locale.ROOT));
    }
    sql.append(" ORDER BY task LIMIT ?");
    parameters.add(most);
    return database
        .sql(sql.toString())
        .params(parameters)
        .query((row, number) -> json.readValue(row.getString(1), TaskJson.class))
        .list();
  }

  public Optional<TaskJson> find(RunId run, long task) {
    return database
        .sql("SELECT detail FROM task WHERE run = ? AND task = ?")
        .params(run.value(), task)
        .query((row, number) -> json.readValue(row.getString(1), TaskJson.class))
        .optional();
  }

  /**
   * Waits, if the run has ended, until the view shows all of it, which is a moment after its end:
   * who was told of the end asks for its tasks at once. Gives up when the view is far behind.
   */
  public void settle(RunRow run) {
    if (!run.state().isTerminal()) {
      return;
    }
    Instant end = Instant.now().plus(PATIENCE);
    try {
      while (!shows(run.id()) && Instant.now().isBefore(end)) {
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean shows(RunId run) {
    return database
        .sql(
            """
            SELECT position >= coalesce((SELECT max(position) FROM journal WHERE run = ?), 0)
            FROM view_position WHERE view = 'task'
            """)
        .param(run.value())
        .query(Boolean.class)
        .single();
  }

  long position() {
    return database
        .sql("SELECT position FROM view_position WHERE view = 'task'")
        .query((row, number) -> row.getLong(1))
        .single();
  }

  /** Rows and position change together: in one statement. */
  void write(List<RunTask> changed, long position) {
    int count = changed.size();
    String[] runs = new String[count];
    Long[] tasks = new Long[count];
    String[] addresses = new String[count];
    String[] steps = new String[count];
    String[] states = new String[count];
    Integer[] attempts = new Integer[count];
    String[] details = new String[count];
    for (int i = 0; i < count; i++) {
      TaskJson task = TaskJson.of(changed.get(i).task());
      runs[i] = changed.get(i).run().value();
      tasks[i] = task.task();
      addresses[i] = task.address();
      steps[i] = TaskJson.step(task.address());
      states[i] = task.state();
      attempts[i] = task.attempts();
      details[i] = json.writeValueAsString(task);
    }
    database
        .sql(
            """
            WITH moved AS (UPDATE view_position SET position = ? WHERE view = 'task')
            INSERT INTO task (tenant, run, task, address, step, state, attempts, detail)
            SELECT r.tenant, a.run, a.task, a.address, a.step, a.state, a.attempts, a.detail
              FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::int[],
                  ?::text[]) AS a (run, task, address, step, state, attempts, detail)
              JOIN run r ON r.id = a.run
            ON CONFLICT (run, task) DO UPDATE SET
              state = excluded.state, attempts = excluded.attempts, detail = excluded.detail
            """)
        .params(position, runs, tasks, addresses, steps, states, attempts, details)
        .update();
  }

  /** A task of some run. */
  record RunTask(RunId run, TaskView task) {}
}
