package io.twinflow.engine.server.security;

import io.twinflow.engine.core.plan.Digests;
import io.twinflow.engine.server.boot.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Bearer tokens. The database holds their SHA-256: they are random, so nothing slower is needed.
 */
@Component
public final class Tokens {

  private static final String PREFIX = "tf_";
  private static final int RANDOM_BYTES = 32;
  private static final String TENANT = "default";
  private static final String ADMINISTRATOR = "admin";

  private final JdbcClient database;
  private final SecureRandom random = new SecureRandom();

  Tokens(DataSource database) {
    this.database = JdbcClient.create(database);
  }

  /**
   * Makes the administrator's token if this installation has none yet.
   *
   * @return the token, only when it was made now; it is kept in the data folder too
   */
  public Optional<String> makeFirst(DataFolder folder) throws IOException {
    boolean isAny =
        database
            .sql("SELECT 1 FROM token WHERE administrator AND revoked IS NULL LIMIT 1")
            .query((row, number) -> row.getInt(1))
            .optional()
            .isPresent();
    if (isAny) {
      return Optional.empty();
    }
    String token = newToken();
    keep(folder.adminToken(), token);
    database
        .sql(
            "INSERT INTO token (tenant, subject, name, sha256, administrator) VALUES (?, ?, ?, ?, true)")
        .params(TENANT, ADMINISTRATOR, "first", sha256(token))
        .update();
    return Optional.of(token);
  }

  private static void keep(Path file, String token) throws IOException {
    Path part =
        Files.createTempFile(
            file.getParent(),
            "token",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, token + "\n", StandardCharsets.US_ASCII);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * @param token told to nobody else
   */
  record Made(String token, TokenRow about) {}

  Made make(
      Caller by,
      String subject,
      String name,
      boolean administrator,
      @Nullable Instant expires,
      @Nullable Integer mostQueued,
      int mostPriority) {
    String token = newToken();
    TokenRow row =
        database
            .sql(
                """
                INSERT INTO token (tenant, subject, name, sha256, administrator, expires,
                  most_queued, most_priority, made_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                RETURNING id, subject, name, administrator, most_queued, most_priority, created, expires, revoked, last_used
                """)
            .params(
                Arrays.asList(
                    by.tenant(),
                    subject,
                    name,
                    sha256(token),
                    administrator,
                    expires == null ? null : Timestamp.from(expires),
                    mostQueued,
                    mostPriority,
                    by.subject()))
            .query(Tokens::row)
            .single();
    return new Made(token, row);
  }

  /** All of the tenant for an administrator, else the caller's own; newest first. */
  List<TokenRow> list(Caller caller) {
    return database
        .sql(
            """
            SELECT id, subject, name, administrator, most_queued, most_priority, created, expires, revoked, last_used
            FROM token WHERE tenant = ? AND (? OR subject = ?) ORDER BY id DESC LIMIT 1000
            """)
        .params(caller.tenant(), caller.administrator(), caller.subject())
        .query(Tokens::row)
        .list();
  }

  /** False if there is none that the caller may revoke. */
  boolean revoke(Caller caller, long id) {
    return database
            .sql(
                """
                UPDATE token SET revoked = now()
                WHERE id = ? AND tenant = ? AND (? OR subject = ?) AND revoked IS NULL
                """)
            .params(id, caller.tenant(), caller.administrator(), caller.subject())
            .update()
        == 1;
  }

  private static TokenRow row(ResultSet row, int number) throws SQLException {
    int queued = row.getInt("most_queued");
    boolean noLimit = row.wasNull();
    return new TokenRow(
        row.getLong("id"),
        row.getString("subject"),
        row.getString("name"),
        row.getBoolean("administrator"),
        noLimit ? null : queued,
        row.getInt("most_priority"),
        row.getTimestamp("created").toInstant(),
        time(row.getTimestamp("expires")),
        time(row.getTimestamp("revoked")),
        time(row.getTimestamp("last_used")));
  }

  private static @Nullable Instant time(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  private record Found(Caller caller, long id, boolean unused) {}

  /** Whose token it is; empty if it is none, has expired or was revoked. */
  public Optional<Caller> caller(String token) {
    Optional<Found> found =
        database
            .sql(
                """
                SELECT tenant, subject, administrator, name, most_priority, id,
                  coalesce(last_used < now() - interval '1 minute', true)
                FROM token
                WHERE sha256 = ? AND revoked IS NULL AND (expires IS NULL OR expires > now())
                """)
            .params(sha256(token))
            .query((row, number) ->
                new Found(
                    new Caller(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getString(4),
                        row.getInt(5)),
                    row.getLong(6),
                    row.getBoolean(7)))
            .optional();
    found.filter(Found::unused).ifPresent(one -> used(one.id()));
    return found.map(Found::caller);
  }

  /** To the minute: a busy client is no reason to write for each of its calls. */
  private void used(long id) {
    database.sql("UPDATE token SET last_used = now() WHERE id = ?").param(id).update();
  }

  private String newToken() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sha256(String token) {
    return Digests.start().digest(token.getBytes(StandardCharsets.UTF_8));
  }
}
