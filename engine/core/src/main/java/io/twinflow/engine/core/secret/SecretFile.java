package io.twinflow.engine.core.secret;

import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A run's secrets in a file, encrypted (AES-GCM) with a key of the installation that only its owner
 * can read: a run's folder can be copied or shown without them.
 */
final class SecretFile {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Path key;
  private final Path file;

  SecretFile(Path key, Path file) {
    this.key = key;
    this.file = file;
  }

  void write(Map<String, String> secrets) throws IOException {
    Map<String, Value> fields = new LinkedHashMap<>();
    secrets.forEach((handle, text) -> fields.put(handle, new StringValue(text)));
    byte[] plain = ValueJson.write(new RecordValue(fields)).getBytes(StandardCharsets.UTF_8);
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, plain);
    byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
    Files.createFile(file, ownerOnly());
    Files.write(file, whole);
  }

  /** Handle to text; empty if the run has none. */
  Map<String, String> read() throws IOException {
    if (!Files.exists(file)) {
      return Map.of();
    }
    byte[] whole = Files.readAllBytes(file);
    byte[] plain =
        cipher(
            Cipher.DECRYPT_MODE,
            Arrays.copyOf(whole, NONCE_BYTES),
            Arrays.copyOfRange(whole, NONCE_BYTES, whole.length));
    Map<String, String> secrets = new LinkedHashMap<>();
    try {
      if (ValueJson.read(new String(plain, StandardCharsets.UTF_8)) instanceof RecordValue fields) {
        fields
            .fields()
            .forEach((handle, value) -> {
              if (value instanceof StringValue text) {
                secrets.put(handle, text.value());
              }
            });
      }
    } catch (InvalidJsonException e) {
      throw new IOException(file + " does not hold secrets", e);
    }
    return secrets;
  }

  private byte[] cipher(int mode, byte[] nonce, byte[] input) throws IOException {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode, new SecretKeySpec(keyBytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s cannot be read with the key %s; the key was changed or the file is damaged"
              .formatted(file, key),
          e);
    }
  }

  private byte[] keyBytes() throws IOException {
    if (!Files.exists(key)) {
      byte[] fresh = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(fresh);
      Path part =
          Files.createTempFile(key.toAbsolutePath().getParent(), "key", ".part", ownerOnly());
      try {
        Files.write(part, fresh);
        Files.createLink(key, part);
      } catch (FileAlreadyExistsException e) {
        return Files.readAllBytes(key);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return Files.readAllBytes(key);
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
