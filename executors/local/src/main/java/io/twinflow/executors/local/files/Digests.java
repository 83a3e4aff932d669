package io.twinflow.executors.local.files;

import io.twinflow.executors.api.OutputFolder.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Both digests of a file in one pass over its bytes, in a bounded buffer. */
final class Digests {

  private static final int BUFFER = 128 * 1024;

  private Digests() {}

  static Identity of(Path file) throws IOException {
    MessageDigest sha1 = digest("SHA-1");
    MessageDigest sha256 = digest("SHA-256");
    long size = 0;
    byte[] buffer = new byte[(int) Math.clamp(Files.size(file) + 1, 512, BUFFER)];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha1.update(buffer, 0, n);
        sha256.update(buffer, 0, n);
        size += n;
      }
    }
    HexFormat hex = HexFormat.of();
    return new Identity(hex.formatHex(sha1.digest()), hex.formatHex(sha256.digest()), size);
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
