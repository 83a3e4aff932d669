package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Changes what is kept of runs: their labels, and whether they are kept at all. */
@Component
public final class ChangeRuns {

  private final DeleteRuns delete;
  private final JdbcClient database;
  private final JsonMapper json;

  ChangeRuns(DeleteRuns delete, DataSource database, JsonMapper json) {
    this.delete = delete;
    this.database = JdbcClient.create(database);
    this.json = json;
  }

  /** In the place of those it had; who did it, and when, is kept as long as the run. */
  public void relabel(Caller caller, RunRow run, Map<String, String> labels) {
    database
        .sql(
            """
            WITH kept AS (INSERT INTO relabelling (tenant, run, subject, labels)
              VALUES (:tenant, :run, :subject, :labels::jsonb))
            UPDATE run SET labels = :labels::jsonb WHERE id = :run
            """)
        .param("tenant", caller.tenant())
        .param("run", run.id().value())
        .param("subject", caller.subject())
        .param("labels", json.writeValueAsString(labels))
        .update();
  }

  /**
   * Removes an ended run with its journal, logs, uploaded inputs and results. Files that later runs
   * adopted stay where they are, for them. Nobody must use it ({@link #openUser}).
   *
   * @throws FailureException if its secrets cannot be removed
   */
  public void delete(RunRow run) throws FailureException {
    try {
      delete.mark(run.id().value());
    } catch (IOException e) {
      throw new FailureException(
          new Failure(
              FailureKind.RESOURCES,
              "run.io",
              "run %s is deleted, but its secrets cannot be: %s"
                  .formatted(run.id(), e.getMessage())),
          e);
    }
  }

  /** A run that has not ended and names this one: it continues it, or reads what it made. */
  public Optional<String> openUser(RunRow run) {
    return database
        .sql(
            """
            SELECT id FROM run r WHERE ended IS NULL AND id <> :run AND (
              EXISTS (SELECT FROM journal j WHERE j.run = r.id AND position(:name IN j.lines) > 0)
              OR EXISTS (SELECT FROM blob b WHERE b.run = r.id AND position(:name IN b.content) > 0))
            LIMIT 1
            """)
        .param("run", run.id().value())
        .param("name", run.id().value().getBytes(StandardCharsets.UTF_8))
        .query((row, number) -> row.getString(1))
        .optional();
  }
}
