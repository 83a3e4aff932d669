package io.twinflow.engine.server.runs;

import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.server.boot.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes ended runs away in two steps: marked, a run is gone for everybody; its files and rows are
 * removed later, when nobody can be using them any more. Broken off half-way, a step is done again.
 */
@Component
public final class DeleteRuns {

  private final JdbcClient database;
  private final Uploads uploads;
  private final DataFolder folder;
  private final Processes processes;

  DeleteRuns(DataSource database, Uploads uploads, DataFolder folder, Processes processes) {
    this.processes = processes;
    this.database = JdbcClient.create(database);
    this.uploads = uploads;
    this.folder = folder;
  }

  /**
   * Its secrets and its upload go at once.
   *
   * @return false if it has not ended, or is marked already
   */
  public boolean mark(String run) throws IOException {
    int marked =
        database
            .sql(
                """
                UPDATE run SET deleting = clock_timestamp()
                WHERE id = ? AND ended IS NOT NULL AND deleting IS NULL
                """)
            .param(run)
            .update();
    if (marked > 0) {
      Files.deleteIfExists(folder.runs().resolve(run).resolve("secrets"));
      uploads.release(run);
    }
    return marked > 0;
  }

  private boolean isProcess(String run) {
    return database
        .sql(
            "SELECT EXISTS (SELECT FROM run WHERE id = ? AND kind = 'bpmn' AND deleting IS NOT NULL)")
        .param(run)
        .query(Boolean.class)
        .single();
  }

  /** Everything that the database has of a marked run, in one step. */
  public void remove(String run) throws IOException {
    if (isProcess(run) && processes.isUsed()) {
      processes.forget(Envelope.ONLY_TENANT, run);
    }
    Files.deleteIfExists(folder.runs().resolve(run).resolve("secrets"));
    uploads.release(run);
    database
        .sql(
            """
            WITH going AS (SELECT id FROM run WHERE id = :run AND deleting IS NOT NULL),
              journals AS (DELETE FROM journal WHERE run IN (SELECT id FROM going)),
              blobs AS (DELETE FROM blob WHERE run IN (SELECT id FROM going)),
              tasks AS (DELETE FROM task WHERE run IN (SELECT id FROM going)),
              requests AS (DELETE FROM request WHERE run IN (SELECT id FROM going))
            DELETE FROM run WHERE id IN (SELECT id FROM going)
            """)
        .param("run", run)
        .update();
  }
}
