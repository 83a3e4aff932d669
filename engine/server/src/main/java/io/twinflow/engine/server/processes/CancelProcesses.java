package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.Processes;
import java.io.IOException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cancels the processes of which that was asked. */
@Component
final class CancelProcesses {

  private final JdbcClient database;
  private final Processes processes;

  CancelProcesses(DataSource database, Processes processes) {
    this.database = JdbcClient.create(database);
    this.processes = processes;
  }

  private record Wanted(String tenant, String run, String subject, String reason) {}

  void all() {
    database
        .sql(
            """
            SELECT DISTINCT ON (q.run) r.tenant, q.run, q.subject, q.reason
            FROM request q JOIN run r ON r.id = q.run
            WHERE r.kind = 'bpmn' AND r.epoch > 0 AND r.ended IS NULL AND q.kind = 'CANCEL'
            ORDER BY q.run, q.id
            """)
        .query((row, number) ->
            new Wanted(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
        .list()
        .forEach(wanted -> Each.tryIt(wanted.run(), () -> cancel(wanted)));
  }

  /** Asked again, because this server died in between, it does nothing. */
  private void cancel(Wanted wanted) throws IOException, ProcessException {
    processes.cancel(wanted.tenant(), wanted.run(), wanted.subject(), wanted.reason());
    database.sql("DELETE FROM request WHERE run = ?").param(wanted.run()).update();
  }
}
