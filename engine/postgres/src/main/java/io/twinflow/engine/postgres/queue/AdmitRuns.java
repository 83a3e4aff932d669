package io.twinflow.engine.postgres.queue;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Lets runs out of the queue, in {@linkplain FairChoice turn} and within the limits. One engine at
 * a time does so for all that share the database; who executes a run that was admitted is decided
 * by the claim.
 */
public final class AdmitRuns {

  private static final String TURN = "extract(epoch FROM created)::float8 - 60.0 * priority";

  private final Sql sql;
  private final String tenant;
  private final String site;

  /**
   * @param site whose limit of runs is that of all
   */
  public AdmitRuns(Sql sql, String tenant, String site) {
    this.sql = sql;
    this.tenant = tenant;
    this.site = site;
  }

  /** Whether anybody waits for a turn. */
  public boolean isAnyQueued() throws IOException {
    return !sql.list(
            "SELECT 1 FROM run WHERE tenant = ? AND created IS NOT NULL AND admitted IS NULL"
                + " AND ended IS NULL LIMIT 1",
            row -> row.getInt(1),
            tenant)
        .isEmpty();
  }

  /**
   * @param room at most so many
   * @return how many were admitted
   */
  public int admit(int room) throws IOException {
    Bounds bounds = Bounds.read(sql, tenant);
    return sql.inTransaction(connection -> {
      // What is forgotten by a crash of the database is admitted again.
      Sql.run(connection, "SET LOCAL synchronous_commit = off");
      Sql.run(
          connection,
          "SELECT pg_advisory_xact_lock(hashtext('twinflow admit'), hashtext(?))",
          tenant);
      FairChoice choice = new FairChoice(bounds, site);
      countRunning(connection, choice);
      List<RunId> chosen = choice.choose(queued(connection, room), room);
      return chosen.isEmpty() ? 0 : admit(connection, chosen);
    });
  }

  /**
   * Whoever is to be cancelled need not wait for a turn: it ends without having begun.
   *
   * @return how many were admitted
   */
  public int admitCancelled() throws IOException {
    return sql.change(
        """
        UPDATE run r SET admitted = clock_timestamp()
        WHERE r.tenant = ? AND r.admitted IS NULL AND r.ended IS NULL AND r.created IS NOT NULL
          AND r.id IN (SELECT q.run FROM request q WHERE q.kind = 'CANCEL')
        """,
        tenant);
  }

  private void countRunning(Connection connection, FairChoice choice)
      throws SQLException, IOException {
    record Running(String subject, String workflow, int runs) {}
    Sql.list(
            connection,
            """
            SELECT subject, workflow, count(*) FROM run
            WHERE tenant = ? AND kind = 'cwl' AND admitted IS NOT NULL AND ended IS NULL GROUP BY 1, 2
            """,
            row -> new Running(row.getString(1), row.getString(2), row.getInt(3)),
            tenant)
        .forEach(running -> choice.count(running.subject(), running.workflow(), running.runs()));
  }

  /** The first of each subject and workflow: no more of them can be admitted now. */
  private List<QueuedRun> queued(Connection connection, int room) throws SQLException, IOException {
    return Sql.list(
        connection,
        """
        SELECT id, subject, workflow, turn FROM (
          SELECT id, subject, workflow, %1$s AS turn,
            row_number() OVER (PARTITION BY subject, workflow ORDER BY %1$s, id) AS place
          FROM run
          WHERE tenant = ? AND created IS NOT NULL AND admitted IS NULL AND ended IS NULL) q
        WHERE place <= ? ORDER BY turn, id
        """
            .formatted(TURN),
        row ->
            new QueuedRun(
                new RunId(row.getString(1)), row.getString(2), row.getString(3), row.getDouble(4)),
        tenant,
        room);
  }

  private static int admit(Connection connection, List<RunId> chosen) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE run SET admitted = clock_timestamp() WHERE id = ANY (?)")) {
      update.setArray(
          1, connection.createArrayOf("text", chosen.stream().map(RunId::value).toArray()));
      return update.executeUpdate();
    }
  }
}
