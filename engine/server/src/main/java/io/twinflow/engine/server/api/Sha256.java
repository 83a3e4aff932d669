package io.twinflow.engine.server.api;

import io.twinflow.engine.core.plan.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The digest of all parts of what was sent. */
final class Sha256 {

  private final MessageDigest digest = Digests.start();

  /** In hexadecimal digits. */
  static String of(byte[] bytes) {
    return Digests.sha256(bytes);
  }

  void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  void add(Path file) throws IOException {
    add(Long.toString(Files.size(file)));
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
  }

  /** In hexadecimal digits; once. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
