package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.OwnedElsewhereException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who owns which run. A claim outlives its engine's lease only until somebody else asks. */
final class Claims {

  private static final Logger LOG = System.getLogger(Claims.class.getName());

  /** True of a run that nobody alive owns; by the database's clock. */
  private static final String FREE =
      """
      (r.owner IS NULL OR NOT EXISTS (
        SELECT FROM instance i WHERE i.id = r.owner AND i.heartbeat + i.lease > clock_timestamp()))
      """;

  private final Sql sql;
  private final long instance;
  private final JournalMeter meter;
  private final Together<NewRun, Boolean> creating = new Together<>(this::createAll);
  private final Together<RunId, Optional<Claim>> taking = new Together<>(this::takeAll);

  Claims(Sql sql, long instance, JournalMeter meter) {
    this.sql = sql;
    this.instance = instance;
    this.meter = meter;
  }

  private record NewRun(RunId run, String tenant) {}

  Claim create(RunId run, String tenant) throws IOException {
    if (!creating.ask(new NewRun(run, tenant))) {
      throw new FileAlreadyExistsException("run " + run);
    }
    return new Claim(1, 0);
  }

  private List<Boolean> createAll(List<NewRun> runs) throws IOException {
    Set<String> made =
        new HashSet<>(
            sql.list(
                Sql.UNSYNCED
                    + """
                     INSERT INTO run (id, tenant, subject, owner, claim)
                    SELECT a.id, a.tenant, '', ?, 1
                      FROM unsynced, unnest(?::text[], ?::text[]) AS a (id, tenant)
                    ON CONFLICT DO NOTHING RETURNING id
                    """,
                row -> row.getString(1),
                instance,
                runs.stream().map(each -> each.run().value()).toArray(String[]::new),
                runs.stream().map(NewRun::tenant).toArray(String[]::new)));
    return runs.stream().map(run -> made.remove(run.run().value())).toList();
  }

  Claim take(RunId run) throws IOException {
    Optional<Claim> taken = taking.ask(run);
    if (taken.isEmpty()) {
      throw notTaken(run);
    }
    meter.claimed();
    return taken.get();
  }

  /** A row that somebody else has locked is being taken, or written by its owner. */
  private List<Optional<Claim>> takeAll(List<RunId> runs) throws IOException {
    Map<String, Claim> taken = new HashMap<>();
    sql.list(
        Sql.UNSYNCED
            + ", free AS (SELECT id FROM run r WHERE id = ANY (?) AND "
            + FREE
            + " FOR UPDATE SKIP LOCKED) "
            + """
            UPDATE run r SET owner = ?, claim = claim + 1 FROM unsynced, free
              WHERE r.id = free.id RETURNING r.id, claim, head
            """,
        row -> taken.put(row.getString(1), new Claim(row.getLong(2), row.getLong(3))),
        runs.stream().map(RunId::value).toArray(String[]::new),
        instance);
    return runs.stream().map(run -> Optional.ofNullable(taken.remove(run.value()))).toList();
  }

  List<RunId> free(String tenant, int most) throws IOException {
    return sql.list(
        "SELECT id FROM run r WHERE tenant = ? AND ended IS NULL AND created IS NOT NULL AND "
            + FREE
            + " ORDER BY priority DESC, id LIMIT ?",
        row -> new RunId(row.getString(1)),
        tenant,
        most);
  }

  private IOException notTaken(RunId run) throws IOException {
    List<String> owners =
        sql.list(
            "SELECT coalesce(i.name, '') FROM run r LEFT JOIN instance i ON i.id = r.owner"
                + " WHERE r.id = ?",
            row -> row.getString(1),
            run.value());
    if (owners.isEmpty()) {
      return new NoSuchFileException("run " + run);
    }
    return new OwnedElsewhereException(
        "run %s is being executed by %s; wait for it or stop it first"
            .formatted(run, owners.getFirst().isEmpty() ? "another engine" : owners.getFirst()));
  }

  boolean isHeld(RunId run) throws IOException {
    return !sql.list("SELECT 1 FROM run r WHERE id = ? AND NOT " + FREE, row -> true, run.value())
        .isEmpty();
  }

  void release(RunId run, Claim claim) {
    try {
      sql.change(
          "UPDATE run SET owner = NULL WHERE id = ? AND owner = ? AND claim = ?",
          run.value(),
          instance,
          claim.number());
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "run {0} could not be given back ({1}); it is free when this engine has ended",
          run,
          e.getMessage());
    }
  }
}
