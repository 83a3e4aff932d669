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

/**
 * Who owns which run. A claim outlives its engine's lease only until somebody else asks, and the
 * engine's memory of it, if a database that died took an answer with it, only until it is seen.
 */
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
  private final KnownClaims known = new KnownClaims();
  private final Together<NewRun, String> creating = new Together<>(this::createAll);
  private final Together<RunId, Optional<Claim>> taking = new Together<>(this::takeAll);

  Claims(Sql sql, long instance, JournalMeter meter) {
    this.sql = sql;
    this.instance = instance;
    this.meter = meter;
  }

  private record NewRun(RunId run, String tenant, String subject, int priority) {}

  Claim create(RunId run, String tenant, String subject, int priority) throws IOException {
    String made = claim(run, creating, new NewRun(run, tenant, subject, priority));
    if (made.equals("made")) {
      return new Claim(1, 0);
    }
    known.end(run);
    throw made.equals("exists")
        ? new FileAlreadyExistsException("run " + run)
        : full(subject, made);
  }

  /** Notes the run before anything is asked; without an answer it may be owned or not. */
  private <Q, A> A claim(RunId run, Together<Q, A> together, Q question) throws IOException {
    known.begin(run);
    try {
      return together.ask(question);
    } catch (IOException | RuntimeException e) {
      known.end(run);
      known.doubt(run);
      throw e;
    }
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
    Optional<Claim> taken = claim(run, taking, run);
    if (taken.isEmpty()) {
      known.end(run);
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

  /** Gives back first what nobody here knows of. */
  List<RunId> free(String tenant, int most) throws IOException {
    giveBackUnknown(known.toLookAt());
    return sql.list(
        "SELECT id FROM run r WHERE tenant = ? AND kind = 'cwl' AND ended IS NULL AND admitted IS NOT NULL AND "
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

  /**
   * The rows are read before the memory: who is about to take a run has noted it already, and who
   * takes one after that has another claim.
   */
  private void giveBackUnknown(List<RunId> doubtful) throws IOException {
    if (doubtful.isEmpty()) {
      return;
    }
    record Owned(RunId run, Claim claim) {}
    List<Owned> owned =
        sql.list(
            "SELECT id, claim, head FROM run WHERE id = ANY (?) AND owner = ?",
            row ->
                new Owned(new RunId(row.getString(1)), new Claim(row.getLong(2), row.getLong(3))),
            doubtful.stream().map(RunId::value).toArray(String[]::new),
            instance);
    for (Owned each : owned) {
      if (!known.has(each.run())) {
        giveBack(each.run(), each.claim());
        LOG.log(
            Level.INFO,
            "run {0} is given back: the answer to its claim, or to its release, was lost",
            each.run());
      }
    }
  }

  private void giveBack(RunId run, Claim claim) throws IOException {
    sql.change(
        "UPDATE run SET owner = NULL WHERE id = ? AND owner = ? AND claim = ?",
        run.value(),
        instance,
        claim.number());
  }

  /** The owner's last append has given it back. */
  void released(RunId run) {
    known.end(run);
  }

  void release(RunId run, Claim claim) {
    try {
      giveBack(run, claim);
    } catch (IOException e) {
      known.doubt(run);
      LOG.log(
          Level.WARNING,
          "run {0} could not be given back ({1}); it is tried again",
          run,
          e.getMessage());
    } finally {
      known.end(run);
    }
  }
}
