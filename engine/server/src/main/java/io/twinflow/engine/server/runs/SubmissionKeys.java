package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.server.security.Caller;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what a submission with an Idempotency-Key was answered, so that the same one sent again,
 * because its answer was lost, is not a second run.
 */
@Component
public final class SubmissionKeys {

  private static final String PENDING = "pending:";
  private static final int LONGEST = 255;

  /** No other living server takes so long from having read a submission to its run. */
  private static final Duration MADE_WITHIN = Duration.ofMinutes(2);

  private final JdbcClient database;
  private final FindRunOfUpload find;
  private final Instance instance;

  /** Whose runs this server is making now: what the database says beyond that was left behind. */
  private final Set<Key> making = ConcurrentHashMap.newKeySet();

  SubmissionKeys(DataSource database, FindRunOfUpload find, Instance instance) {
    this.database = JdbcClient.create(database);
    this.find = find;
    this.instance = instance;
  }

  private record Key(String tenant, String subject, String text) {
    static Key of(Caller caller, String text) {
      return new Key(caller.tenant(), caller.subject(), text);
    }
  }

  /**
   * @param isBeingMade whether the server that began it may still make the run: this one knows
   */
  private record Kept(String sha256, String run, Instant created, boolean isBeingMade) {}

  /**
   * @param sha256 of all that was sent, in hexadecimal digits
   * @param upload where what was sent lies
   * @return the run that was made of the same submission before; empty if it is to be made now
   * @throws KeyRefusedException if the key came with something else before, or is in use right now
   */
  public Optional<String> begin(Caller caller, String key, String sha256, Path upload)
      throws KeyRefusedException {
    if (key.isBlank() || key.length() > LONGEST) {
      throw KeyRefusedException.malformed(LONGEST);
    }
    for (; ; ) {
      if (take(caller, key, sha256, upload)) {
        return Optional.empty();
      }
      Optional<Kept> kept = kept(caller, key);
      if (kept.isPresent()) {
        Optional<String> run = answer(caller, key, sha256, kept.get());
        if (run.isPresent()) {
          return run;
        }
      } else if (making.contains(Key.of(caller, key))) {
        throw KeyRefusedException.inUse();
      }
    }
  }

  /** Whether the present thread makes the run, until it settles or forgets the key. */
  private boolean take(Caller caller, String key, String sha256, Path upload) {
    Key own = Key.of(caller, key);
    if (!making.add(own)) {
      return false;
    }
    boolean taken = false;
    try {
      taken = insert(caller, key, sha256, upload);
    } finally {
      if (!taken) {
        making.remove(own);
      }
    }
    return taken;
  }

  private Optional<String> answer(Caller caller, String key, String sha256, Kept kept)
      throws KeyRefusedException {
    if (!kept.sha256().equals(sha256)) {
      throw KeyRefusedException.otherBody();
    }
    if (!kept.run().startsWith(PENDING)) {
      return Optional.of(kept.run());
    }
    Optional<String> made =
        find.find(kept.run().substring(PENDING.length()), kept.created()).map(Object::toString);
    if (made.isPresent()) {
      write(caller, key, made.get());
    } else if (kept.isBeingMade()) {
      throw KeyRefusedException.inUse();
    } else {
      delete(caller, key, kept.run());
    }
    return made;
  }

  private boolean insert(Caller caller, String key, String sha256, Path upload) {
    return database
            .sql(
                """
                INSERT INTO submission (tenant, subject, key, request_sha256, run, maker)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .params(
                caller.tenant(),
                caller.subject(),
                key,
                HexFormat.of().parseHex(sha256),
                PENDING + Uploads.name(upload),
                instance.number())
            .update()
        > 0;
  }

  private Optional<Kept> kept(Caller caller, String key) {
    return database
        .sql(
            """
            SELECT request_sha256, run, created, created + make_interval(secs => ?) > now()
                AND EXISTS (SELECT FROM instance i
                  WHERE i.id = maker AND i.heartbeat + i.lease > clock_timestamp()),
              maker IS NOT DISTINCT FROM ?
            FROM submission
            WHERE tenant = ? AND subject = ? AND key = ?
            """)
        .params(MADE_WITHIN.toSeconds(), instance.number(), caller.tenant(), caller.subject(), key)
        .query((row, number) ->
            new Kept(
                HexFormat.of().formatHex(row.getBytes(1)),
                row.getString(2),
                row.getTimestamp(3).toInstant(),
                row.getBoolean(5) ? making.contains(Key.of(caller, key)) : row.getBoolean(4)))
        .optional();
  }

  public void settle(Caller caller, String key, String run) {
    try {
      write(caller, key, run);
    } finally {
      making.remove(Key.of(caller, key));
    }
  }

  private void write(Caller caller, String key, String run) {
    database
        .sql("UPDATE submission SET run = ? WHERE tenant = ? AND subject = ? AND key = ?")
        .params(run, caller.tenant(), caller.subject(), key)
        .update();
  }

  /** The key may be used again, unless a run was made whose maker did not learn of it. */
  public void forget(Caller caller, String key, Path upload) {
    try {
      Optional<RunId> made = find.find(Uploads.name(upload), Instant.now());
      if (made.isPresent()) {
        write(caller, key, made.get().value());
      } else {
        delete(caller, key, PENDING + Uploads.name(upload));
      }
    } finally {
      making.remove(Key.of(caller, key));
    }
  }

  private void delete(Caller caller, String key, String run) {
    database
        .sql("DELETE FROM submission WHERE tenant = ? AND subject = ? AND key = ? AND run = ?")
        .params(caller.tenant(), caller.subject(), key, run)
        .update();
  }

  void forgetOlder(Instant than) {
    database.sql("DELETE FROM submission WHERE created < ?").param(Timestamp.from(than)).update();
  }
}
