package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.security.Caller;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What people ask of runs: to be cancelled, paused, or to go on. It is durable when the caller is
 * answered, and carried out by the server that owns the run, now or when one takes it up.
 */
@Component
public final class RunRequests {

  /** What can be asked. */
  public enum Kind {
    CANCEL,
    PAUSE,
    PROCEED
  }

  private record Asked(RunId run, Kind kind, String reason) {}

  private final JdbcClient database;
  private final Engine engine;

  RunRequests(DataSource database, Engine engine) {
    this.database = JdbcClient.create(database);
    this.engine = engine;
  }

  public void ask(Caller caller, RunId run, Kind kind, String reason) {
    database
        .sql("INSERT INTO request (tenant, run, kind, reason, subject) VALUES (?, ?, ?, ?, ?)")
        .params(caller.tenant(), run.value(), kind.name(), reason, caller.subject())
        .update();
  }

  /** Those of these runs that shall be cancelled, with the reason that was given first. */
  Map<RunId, String> cancelled(Collection<RunId> runs) {
    Map<RunId, String> cancelled = new HashMap<>();
    database
        .sql("SELECT run, reason FROM request WHERE kind = 'CANCEL' AND run = ANY (?) ORDER BY id")
        .param(runs.stream().map(RunId::value).toArray(String[]::new))
        .query(row -> {
          cancelled.putIfAbsent(new RunId(row.getString(1)), row.getString(2));
        });
    return cancelled;
  }

  /**
   * Carries out the first thing that was asked of each of these runs, which execute here. It is
   * forgotten when the journal shows it, so that a crash between the two only asks again.
   */
  void carryOut(Collection<RunId> here) {
    if (here.isEmpty()) {
      return;
    }
    database
        .sql(
            """
            DELETE FROM request q USING run r WHERE r.id = q.run AND (r.ended IS NOT NULL
              OR (q.id = (SELECT min(id) FROM request f WHERE f.run = q.run)
                AND (q.kind, r.state) IN
                    (('CANCEL', 'CANCELLING'), ('PAUSE', 'PAUSED'), ('PROCEED', 'RUNNING'))))
            """)
        .update();
    List<Asked> asked =
        database
            .sql(
                """
                SELECT DISTINCT ON (run) run, kind, reason FROM request
                WHERE run = ANY (?) ORDER BY run, id
                """)
            .param(here.stream().map(RunId::value).toArray(String[]::new))
            .query((row, number) ->
                new Asked(
                    new RunId(row.getString(1)), Kind.valueOf(row.getString(2)), row.getString(3)))
            .list();
    for (Asked request : asked) {
      switch (request.kind()) {
        case CANCEL -> engine.cancel(request.run(), request.reason());
        case PAUSE -> engine.pause(request.run());
        case PROCEED -> engine.proceed(request.run());
      }
    }
  }
}
