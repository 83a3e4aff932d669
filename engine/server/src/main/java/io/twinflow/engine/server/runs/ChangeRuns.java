package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Changes what is kept of runs: their labels, and whether they are kept at all. */
@Component
public final class ChangeRuns {

  private static final Logger LOG = System.getLogger(ChangeRuns.class.getName());

  private final Engine engine;
  private final Uploads uploads;
  private final JdbcClient database;
  private final JsonMapper json;

  ChangeRuns(Engine engine, Uploads uploads, DataSource database, JsonMapper json) {
    this.engine = engine;
    this.uploads = uploads;
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
   * adopted stay where they are, for them.
   *
   * @throws FailureException if an engine still has it
   */
  public void delete(RunRow run) throws FailureException {
    Path folder = Path.of(engine.storage().whereabouts(run.id()));
    engine.storage().delete(run.id());
    uploads.release(run.id().value());
    Thread.ofVirtual().name("delete-" + run.id()).start(() -> removeFiles(run, folder));
  }

  private void removeFiles(RunRow run, Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("secrets"));
      if (Files.exists(folder) && !isNamedByLaterRuns(run)) {
        FolderTree.delete(folder);
      }
    } catch (IOException | DataAccessException e) {
      LOG.log(Level.WARNING, "files of the deleted run {0} stay: {1}", run.id(), e.getMessage());
    }
  }

  private boolean isNamedByLaterRuns(RunRow run) {
    return database
        .sql(
            """
            SELECT EXISTS (SELECT FROM journal WHERE run > :run AND position(:name IN lines) > 0)
                OR EXISTS (SELECT FROM blob WHERE run > :run AND position(:name IN content) > 0)
            """)
        .param("run", run.id().value())
        .param("name", ("/" + run.id() + "/").getBytes(StandardCharsets.UTF_8))
        .query(Boolean.class)
        .single();
  }
}
