package io.twinflow.engine.server.security;

import io.twinflow.engine.server.boot.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.sql.DataSource;
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
    store(token, ADMINISTRATOR, "first", true);
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

  private void store(String token, String subject, String name, boolean administrator) {
    database
        .sql(
            "INSERT INTO token (tenant, subject, name, sha256, administrator) VALUES (?, ?, ?, ?, ?)")
        .params(TENANT, subject, name, sha256(token), administrator)
        .update();
  }

  /** Whose token it is; empty if it is none, has expired or was revoked. */
  public Optional<Caller> caller(String token) {
    return database
        .sql(
            """
            SELECT tenant, subject, administrator FROM token
            WHERE sha256 = ? AND revoked IS NULL AND (expires IS NULL OR expires > now())
            """)
        .params(sha256(token))
        .query((row, number) -> new Caller(row.getString(1), row.getString(2), row.getBoolean(3)))
        .optional();
  }

  private String newToken() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
