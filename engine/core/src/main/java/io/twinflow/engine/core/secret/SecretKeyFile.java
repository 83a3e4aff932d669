package io.twinflow.engine.core.secret;

import io.twinflow.executors.api.files.FirstFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of an installation: 256 random bits, made when they are needed first. Only its owner may
 * read it; a key that others may read is refused, as ssh(1) does.
 */
final class SecretKeyFile {

  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path file;

  SecretKeyFile(Path file) {
    this.file = file;
  }

  /** The first of several engines that come at once makes it; the others read. */
  SecretKey readOrMake() throws IOException {
    if (!Files.exists(file)) {
      OwnerOnly.folder(file.resolveSibling("."));
      byte[] fresh = new byte[BYTES];
      new SecureRandom().nextBytes(fresh);
      Path part = OwnerOnly.write(file, fresh);
      try {
        FirstFile.appear(part, file);
      } catch (FileAlreadyExistsException e) {
        System.getLogger(SecretKeyFile.class.getName())
            .log(System.Logger.Level.DEBUG, "another engine made {0}", file);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return read();
  }

  SecretKey read() throws IOException {
    if (!Files.exists(file)) {
      throw new SecretsUnreadableException(
          "the key %s is gone, and without it the secrets of earlier runs cannot be opened; put it back, or start the run anew"
              .formatted(file));
    }
    if (OwnerOnly.isPosix()
        && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new SecretsUnreadableException(
          "the key %s may be read or written by others; make it private with: chmod 600 %s"
              .formatted(file, file));
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != BYTES) {
      throw new SecretsUnreadableException(
          "the key %s must have %d bytes and has %d".formatted(file, BYTES, bytes.length));
    }
    return new SecretKeySpec(bytes, "AES");
  }
}
