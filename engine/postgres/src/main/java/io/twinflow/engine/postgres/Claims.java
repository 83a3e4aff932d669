package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.OwnedElsewhereException;
import io.twinflow.engine.core.journal.QueueFullException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final Together<NewRun, String> creating = new Together<>(this::createAll);
  private final Together<RunId, Optional<Claim>> taking = new Together<>(this::takeAll);

  Claims(Sql sql, long instance, JournalMeter meter) {
    this.sql = sql;
    this.instance = instance;
    this.meter = meter;
  }

  private record NewRun(RunId run, String tenant, String subject, int priority) {}

  Claim create(RunId run, String tenant, String subject, int priority) throws IOException {
    String made = creating.ask(new NewRun(run, tenant, subject, priority));
    return switch (made) {
      case "made" -> new Claim(1, 0);
      case "exists" -> throw new FileAlreadyExistsException("run " + run);
      default -> throw full(subject, made);
    };
  }

  /**
   * @throws QueueFullException if a run of the subject would be refused now
   */
  void checkQueue(String tenant, String subject) throws IOException {
    String full =
        sql.list("SELECT coalesce(queue_full(?, ?), '')", row -> row.getString(1), tenant, subject)
            .getFirst();
    if (!full.isEmpty()) {
      throw full(subject, full);
    }
  }

  private static QueueFullException full(String subject, String bound) {
    String[] parts = bound.split(" ", 2);
    return new QueueFullException(
        switch (parts[0]) {
          case "subject" ->
              "%s has %s runs that wait in the queue, and may have no more; send it again when one has started"
                  .formatted(subject, parts[1]);
          case "token" ->
              "%s has %s runs that have not ended, and may have no more; wait for one, or cancel one"
                  .formatted(subject, parts[1]);
          default ->
              "%s runs wait in the queue, and it takes no more; send it again in a while"
                  .formatted(parts[1]);
        });
  }

  /** One after the other in one statement: each counts those before it. */
  private List<String> createAll(List<NewRun> runs) throws IOException {
    return sql.list(
        """
        SELECT new_run(a.id, a.tenant, a.subject, a.priority, ?)
        FROM unnest(?::text[], ?::text[], ?::text[], ?::int[]) WITH ORDINALITY
          AS a (id, tenant, subject, priority, place)
        """,
        row -> row.getString(1),
        instance,
        runs.stream().map(each -> each.run().value()).toArray(String[]::new),
        runs.stream().map(NewRun::tenant).toArray(String[]::new),
        runs.stream().map(NewRun::subject).toArray(String[]::new),
        runs.stream().map(NewRun::priority).toArray(Integer[]::new));
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
        "SELECT id FROM run r WHERE tenant = ? AND ended IS NULL AND admitted IS NOT NULL AND "
            + FREE
            + " ORDER BY admitted, id LIMIT ?",
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
