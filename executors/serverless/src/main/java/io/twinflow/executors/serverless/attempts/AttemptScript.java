package io.twinflow.executors.serverless.attempts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** The script that runs bundles at sites which cannot end one attempt of many. */
final class AttemptScript {

  /** How a site calls it, whatever else is in its environment. */
  static final String CALL =
      """
      exec sh "$TWINFLOW_SCRIPT" "$TWINFLOW_BUNDLE_SCRIPT" "$TWINFLOW_FOLDER" "$TWINFLOW_KEY" "${TWINFLOW_SITE_ID:-$(uname -n)}"
      """;

  private AttemptScript() {}

  /** As a file, named by its content like the bundle's script. */
  static Path in(Path root) throws IOException {
    byte[] text;
    try (InputStream in = AttemptScript.class.getResourceAsStream("attempt.sh")) {
      text = Objects.requireNonNull(in, "attempt.sh").readAllBytes();
    }
    Path file = root.resolve("attempt-" + digest(text) + ".sh");
    if (!Files.exists(file)) {
      Path made = Files.createTempFile(root, "attempt-", ".new");
      Files.write(made, text);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  private static String digest(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
