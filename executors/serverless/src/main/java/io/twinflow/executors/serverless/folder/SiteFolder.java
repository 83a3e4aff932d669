package io.twinflow.executors.serverless.folder;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.Bundle;
import io.twinflow.executors.bundle.BundleFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/** The folder that the engine and a site share. */
public final class SiteFolder {

  private final Path root;
  private final Scripts scripts;

  /**
   * @throws UncheckedIOException if the folder cannot be used
   */
  public SiteFolder(String site, Path folder) {
    try {
      root = Files.createDirectories(folder).toRealPath();
      scripts = new Scripts(Bundle.script(root), script());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "site %s: cannot use %s as the shared folder: %s".formatted(site, folder, e.getMessage()),
          e);
    }
  }

  /**
   * What the site runs: {@code sh attempt bundle FOLDER KEY ID}.
   *
   * @param bundle runs an attempt
   * @param attempt runs the bundle, and ends it when it is asked
   */
  public record Scripts(Path bundle, Path attempt) {}

  public Scripts scripts() {
    return scripts;
  }

  public Path root() {
    return root;
  }

  BundleFolder of(AttemptKey attempt) {
    return BundleFolder.of(root, attempt);
  }

  /** Named by its content, as the bundle's script is. */
  private Path script() throws IOException {
    byte[] text;
    try (InputStream in = SiteFolder.class.getResourceAsStream("attempt.sh")) {
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

  Finding check() {
    return Files.isWritable(root)
        ? Finding.good(
            "shared folder", "%s can be written here; the site must see it too".formatted(root))
        : Finding.problem(
            "shared folder",
            "%s is no folder that can be written here".formatted(root),
            "mount it here and at the site under the same name, and let this user write there");
  }

  private Path batch(BatchKey key) {
    return root.resolve("batches").resolve(key.value());
  }

  /** When all of a batch was written down; empty if it was not. */
  Optional<Instant> written(BatchKey key) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(batch(key)).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** To be called when all attempts of the batch are there. */
  void note(BatchKey key, Collection<AttemptKey> attempts) throws IOException {
    Path file = batch(key);
    Files.createDirectories(file.resolveSibling("."));
    Path made = Files.createTempFile(file.resolveSibling("."), "new-", "");
    Files.write(made, attempts.stream().map(AttemptKey::value).toList());
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
  }

  void forget(BatchKey key) throws IOException {
    Files.deleteIfExists(batch(key));
  }
}
