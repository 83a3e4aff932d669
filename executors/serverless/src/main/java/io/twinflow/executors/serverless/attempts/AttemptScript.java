package io.twinflow.executors.serverless.attempts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

  private static final byte[] TEXT = text();
  private static final String NAME = "attempt-" + digest() + ".sh";

  private AttemptScript() {}

  private static byte[] text() {
    try (InputStream in = AttemptScript.class.getResourceAsStream("attempt.sh")) {
      return Objects.requireNonNull(in, "attempt.sh").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a file, named by its content like the bundle's script. */
  static Path in(Path root) {
    return root.resolve(NAME);
  }

  /** Puts it there, if it is not. */
  static void write(Path file) throws IOException {
    if (!Files.exists(file)) {
      Path made = Files.createTempFile(file.resolveSibling("."), "attempt-", ".new");
      Files.write(made, TEXT);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(TEXT), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
