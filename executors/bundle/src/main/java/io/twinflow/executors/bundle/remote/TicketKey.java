package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the tokens with which attempts ask for their tickets, and knows them again; nothing about
 * them is kept. HMAC with SHA-256 (RFC 2104).
 */
public final class TicketKey {

  private static final int BYTES = 32;

  private final byte[] secret;

  /**
   * @param secret at least 32 bytes that nobody can guess
   */
  public TicketKey(byte[] secret) {
    if (secret.length < BYTES) {
      throw new IllegalArgumentException(
          "the key of tickets has %d bytes; expected at least %d".formatted(secret.length, BYTES));
    }
    this.secret = secret.clone();
  }

  static TicketKey of(Exchange exchange) {
    return new TicketKey(exchange.secret().getBytes(StandardCharsets.UTF_8));
  }

  /** The secret in a file that only its owner can read; made if there is none. */
  public static String secretIn(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      byte[] secret = HexFormat.of().formatHex(random).getBytes(StandardCharsets.UTF_8);
      Path made = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
      Files.createDirectories(file.resolveSibling("."));
      Files.deleteIfExists(made);
      try (var out =
          Files.newByteChannel(
              made,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        out.write(java.nio.ByteBuffer.wrap(secret));
      }
      try {
        Files.createLink(file, made);
      } catch (FileAlreadyExistsException somebodyElseWasFirst) {
        return Files.readString(file).strip();
      } finally {
        Files.delete(made);
      }
    }
    return Files.readString(file).strip();
  }

  /** A secret of this attempt alone. */
  String token(AttemptKey attempt) {
    return sign("ticket " + attempt.value());
  }

  private String sign(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] token = mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isToken(AttemptKey attempt, String token) {
    return isSame(token(attempt), token);
  }

  /** With which a site tells of this attempt, and can do nothing else. */
  String callback(String site, AttemptKey attempt) {
    return sign("callback " + site + " " + attempt.value());
  }

  boolean isCallback(String site, AttemptKey attempt, String token) {
    return isSame(callback(site, attempt), token);
  }

  /** In a time that does not tell how much of it is right. */
  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
